package dev.escale.control.account;

import dev.escale.control.db.TeamId;
import dev.escale.control.team.Invitation;
import dev.escale.control.team.TokenInvitations;
import java.util.List;

/** The ways in that tokens made and nobody has used yet: one that leaked would live on in them. */
final class WaysOfTokens {
    private final TokenInvitations invitations;
    private final SignInLinks links;

    WaysOfTokens(TokenInvitations invitations, SignInLinks links) {
        this.invitations = invitations;
        this.links = links;
    }

    /**
     * @param links ids of the persons whom they would sign in
     */
    record Ways(List<Invitation> invitations, List<String> links) {
        Ways {
            invitations = List.copyOf(invitations);
            links = List.copyOf(links);
        }

        List<String> invitationIds() {
            return invitations.stream().map(Invitation::id).toList();
        }
    }

    Ways open(TeamId team, List<String> tokens) {
        return new Ways(invitations.open(team, tokens), links.open(tokens));
    }

    /**
     * Part of the caller's transaction.
     *
     * @return those that ended
     */
    Ways end(TeamId team, List<String> tokens) {
        return new Ways(invitations.revoke(team, tokens), links.end(tokens));
    }
}
