package dev.escale.control.team;

import dev.escale.control.db.TeamId;
import java.util.List;
import org.springframework.stereotype.Component;

/** The invitations that were made with tokens and could still be accepted. */
@Component
public class TokenInvitations {
    private final TeamInvitations invitations;
    private final TeamFeed feed;

    TokenInvitations(TeamInvitations invitations, TeamFeed feed) {
        this.invitations = invitations;
        this.feed = feed;
    }

    /** Newest first. */
    public List<Invitation> open(TeamId team, List<String> tokens) {
        return invitations.openOf(team, tokens);
    }

    /**
     * Part of the caller's transaction.
     *
     * @return those that ended
     */
    public List<Invitation> revoke(TeamId team, List<String> tokens) {
        List<Invitation> ended = open(team, tokens).stream().filter(invitations::revoke).toList();
        if (!ended.isEmpty()) {
            feed.changed(team, "revoked");
        }
        return ended;
    }
}
