package dev.escale.control.team;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/** A sign-in link for a member who has lost every other way in. */
@Controller
@RequestMapping("/{team}/team/members/{person}/recover")
class RecoveryPages {
    private final TeamView view;
    private final Operations operations;
    private final RecoverMember recover;
    private final Views views;

    RecoveryPages(TeamView view, Operations operations, RecoverMember recover, Views views) {
        this.view = view;
        this.operations = operations;
        this.recover = recover;
        this.views = views;
    }

    @GetMapping
    View ask(Page page, @PathVariable String person) {
        return show(page, person, Form.empty(), null);
    }

    @PostMapping
    View make(Page page, @PathVariable String person) {
        try {
            RecoverMember.Made made =
                    operations
                            .run(
                                    page.reader().actor(),
                                    recover,
                                    new RecoverMember.Input(person),
                                    Mode.APPLY)
                            .applied();
            return show(page, person, Form.empty(), made.link().toString());
        } catch (ProblemException refused) {
            if (refused.problem().status() == 404) {
                throw refused;
            }
            return show(page, person, Form.empty().refused(refused.problem()), null);
        }
    }

    private View show(Page page, String person, Form form, @Nullable String link) {
        String name =
                view.members(page.reader().actor()).stream()
                        .filter(each -> each.person().equals(person))
                        .map(TeamView.MemberShown::name)
                        .findFirst()
                        .orElseThrow(
                                () -> ProblemException.of(404, "member.unknown", "person", person));
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "team/recover",
                "person",
                person,
                "name",
                name,
                "form",
                form,
                "link",
                Optional.ofNullable(link));
    }
}
