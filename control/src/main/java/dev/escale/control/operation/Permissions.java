package dev.escale.control.operation;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names of all that can be granted: what operations declare, and what it takes to read. */
public final class Permissions {
    /** A person's own things: every member has these. */
    public static final Set<String> OWN =
            Set.of(
                    "person.update",
                    "identity.link",
                    "identity.unlink",
                    "passkey.create",
                    "passkey.remove",
                    "passkey.update",
                    "session.revoke",
                    "session.revokeAll",
                    "team.create",
                    "team.leave",
                    "token.create",
                    "token.revoke");

    private final OperationCatalog catalog;
    private volatile @Nullable Set<String> known;

    Permissions(OperationCatalog catalog) {
        this.catalog = catalog;
    }

    /** Sorted. */
    public Set<String> all() {
        Set<String> before = known;
        if (before != null) {
            return before;
        }
        var names = new TreeSet<>(Reads.ALL);
        catalog.all().stream()
                .filter(Operation::grantable)
                .map(Operation::permission)
                .filter(name -> !OWN.contains(name))
                .forEach(names::add);
        Set<String> all = Collections.unmodifiableSet(names);
        known = all;
        return all;
    }
}
