package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Result;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import gg.jte.Content;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What an owner alone may do with a team: give it away, and delete it. Both show a plan first. */
@Controller
@RequestMapping("/{team}/team")
class TeamEndPages {
    private final TeamView view;
    private final TeamOperations offered;
    private final Operations operations;
    private final Views views;

    TeamEndPages(TeamView view, TeamOperations offered, Operations operations, Views views) {
        this.view = view;
        this.offered = offered;
        this.operations = operations;
        this.views = views;
    }

    @GetMapping("/transfer")
    View askToTransfer(Page page, @RequestParam(defaultValue = "") String person) {
        return transfer(page, person, null);
    }

    @PostMapping("/transfer")
    View transfer(
            Page page,
            @RequestParam String plan,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String name) {
        String wanted = name(page, person);
        if (!name.strip().equals(wanted)) {
            return transfer(page, person, page.rich("page.plan.nameWrong", "name", wanted));
        }
        return applied(page, plan)
                ? views.redirect(page.to("/team"))
                : transfer(page, person, page.rich("page.plan.anew"));
    }

    @GetMapping("/remove")
    View askToRemove(Page page) {
        return removal(page, null);
    }

    @PostMapping("/remove")
    View remove(
            Page page, @RequestParam String plan, @RequestParam(defaultValue = "") String name) {
        String team = page.reader().team().name();
        if (!name.strip().equals(team)) {
            return removal(page, page.rich("page.plan.nameWrong", "name", team));
        }
        return applied(page, plan)
                ? views.redirect("/")
                : removal(page, page.rich("page.plan.anew"));
    }

    /**
     * @return false when the plan is no longer good
     */
    private boolean applied(Page page, String plan) {
        try {
            operations.apply(page.reader().actor(), plan);
            return true;
        } catch (ProblemException stale) {
            if (!Plan.isStale(stale.problem())) {
                throw stale;
            }
            return false;
        }
    }

    private View transfer(Page page, String person, @Nullable Content mistake) {
        Actor actor = page.reader().actor();
        Result.Planned<?> planned =
                (Result.Planned<?>)
                        operations.run(
                                actor,
                                offered.transfer(),
                                new TransferTeam.Input(person),
                                Mode.DRY_RUN);
        return views.page(
                page,
                "team/transfer",
                "person",
                person,
                "name",
                name(page, person),
                "planned",
                planned,
                "mistake",
                Optional.ofNullable(mistake));
    }

    private View removal(Page page, @Nullable Content mistake) {
        Result.Planned<?> planned =
                (Result.Planned<?>)
                        operations.run(
                                page.reader().actor(),
                                offered.end(),
                                new RemoveTeam.Input(),
                                Mode.DRY_RUN);
        return views.page(
                page, "team/end", "planned", planned, "mistake", Optional.ofNullable(mistake));
    }

    private String name(Page page, String person) {
        return view.members(page.reader().actor()).stream()
                .filter(each -> each.person().equals(person))
                .map(TeamView.MemberShown::name)
                .findFirst()
                .orElseThrow(() -> ProblemException.of(404, "member.unknown", "person", person));
    }
}
