package dev.escale.control.account;

import dev.escale.control.provider.Providers;
import java.util.List;
import org.springframework.stereotype.Component;

/** A person's identities, and whether they let in. */
@Component
class IdentityRows {
    private final Identities identities;
    private final Providers providers;

    IdentityRows(Identities identities, Providers providers) {
        this.identities = identities;
        this.providers = providers;
    }

    List<IdentityRow> of(String person) {
        return identities.all(person).stream()
                .map(each -> IdentityRow.of(each, providers.reach(each.provider(), each.issuer())))
                .toList();
    }
}
