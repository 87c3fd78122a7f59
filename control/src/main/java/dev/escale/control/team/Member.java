package dev.escale.control.team;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person in a team.
 *
 * @param person id
 */
public record Member(
        String person,
        String name,
        @Nullable String email,
        List<MemberGrant> grants,
        Instant since) {
    public Member {
        grants = List.copyOf(grants);
    }

    /** Whether they may do all there is in the whole team. */
    public boolean owns() {
        return grants.contains(MemberGrant.everywhere(BuiltInRole.OWNER));
    }
}
