package dev.escale.control.team;

import dev.escale.control.event.Event;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LivePart;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The table of members on the team's page. */
@Component
class MembersPart implements LivePart {
    private final TeamView view;
    private final Views views;

    MembersPart(TeamView view, Views views) {
        this.view = view;
        this.views = views;
    }

    @Override
    public String name() {
        return "team.members";
    }

    @Override
    public boolean follows(String subject, Event event) {
        return event.topic().equals(TeamFeed.TOPIC) || event.topic().equals(Event.RIGHTS);
    }

    @Override
    public Optional<Drawing> draw(Page page, String subject, long after) {
        return Optional.of(
                Drawing.morph(
                        views.part(
                                page,
                                "team/memberrows",
                                "members",
                                view.members(page.reader().actor()))));
    }
}
