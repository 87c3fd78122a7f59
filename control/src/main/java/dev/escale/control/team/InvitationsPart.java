package dev.escale.control.team;

import dev.escale.control.event.Event;
import dev.escale.control.operation.Actor;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LivePart;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The table of open invitations on the team's page, for those who may invite. */
@Component
class InvitationsPart implements LivePart {
    private final TeamView view;
    private final Views views;

    InvitationsPart(TeamView view, Views views) {
        this.view = view;
        this.views = views;
    }

    static boolean isFor(Actor actor) {
        return actor.grants().everywhere("member.invite");
    }

    List<TeamView.InvitationShown> open(Actor actor) {
        if (!isFor(actor)) {
            return List.of();
        }
        return view.invitations(actor).stream()
                .filter(each -> each.state().equals("open"))
                .toList();
    }

    @Override
    public String name() {
        return "team.invitations";
    }

    @Override
    public boolean follows(String subject, Event event) {
        return event.topic().equals(TeamFeed.TOPIC) || event.topic().equals("letters");
    }

    @Override
    public Optional<Drawing> draw(Page page, String subject, long after) {
        Actor actor = page.reader().actor();
        if (!isFor(actor)) {
            return Optional.empty();
        }
        return Optional.of(
                Drawing.morph(views.part(page, "team/invitationrows", "invitations", open(actor))));
    }
}
