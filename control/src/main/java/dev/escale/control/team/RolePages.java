package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Permissions;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Roles of a team, and what the reader may do and why not. */
@Controller
@RequestMapping("/{team}/team/roles")
class RolePages {
    private final TeamView view;
    private final Rights rights;
    private final TeamOperations offered;
    private final Permissions permissions;
    private final Operations operations;
    private final Views views;

    RolePages(
            TeamView view,
            Rights rights,
            TeamOperations offered,
            Permissions permissions,
            Operations operations,
            Views views) {
        this.view = view;
        this.rights = rights;
        this.offered = offered;
        this.permissions = permissions;
        this.operations = operations;
        this.views = views;
    }

    @GetMapping
    View list(Page page) {
        return views.page(
                page,
                "team/roles",
                "roles",
                view.roles(actor(page)),
                "rights",
                rights.of(actor(page)));
    }

    @GetMapping("/new")
    View create(Page page) {
        return form(page, Form.empty(), Optional.empty(), Set.of());
    }

    @PostMapping
    View make(
            Page page,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> permission) {
        Set<@Nullable String> chosen = chosen(permission);
        try {
            operations.run(
                    actor(page),
                    offered.makeRole(),
                    new CreateRole.Input(name, chosen),
                    Mode.APPLY);
        } catch (ProblemException refused) {
            return form(
                    page,
                    Form.of("name", name).refused(refused.problem()),
                    Optional.empty(),
                    Set.copyOf(permission));
        }
        return views.redirect(page.to("/team/roles"));
    }

    @GetMapping("/{id}")
    View edit(Page page, @PathVariable String id) {
        TeamView.RoleShown role = find(page, id);
        return form(page, Form.of("name", role.name()), Optional.of(role), role.permissions());
    }

    @PostMapping("/{id}")
    View change(
            Page page,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> permission) {
        try {
            operations.run(
                    actor(page),
                    offered.changeRole(),
                    new UpdateRole.Input(id, name, chosen(permission)),
                    Mode.APPLY);
        } catch (ProblemException refused) {
            return form(
                    page,
                    Form.of("name", name).refused(refused.problem()),
                    Optional.of(find(page, id)),
                    Set.copyOf(permission));
        }
        return views.redirect(page.to("/team/roles"));
    }

    @PostMapping("/{id}/remove")
    View remove(Page page, @PathVariable String id) {
        try {
            operations.run(actor(page), offered.removeRole(), new RemoveRole.Input(id), Mode.APPLY);
        } catch (ProblemException refused) {
            TeamView.RoleShown role = find(page, id);
            return form(
                    page,
                    Form.of("name", role.name()).refused(refused.problem()),
                    Optional.of(role),
                    role.permissions());
        }
        return views.redirect(page.to("/team/roles"));
    }

    private View form(Page page, Form form, Optional<TeamView.RoleShown> role, Set<String> chosen) {
        Map<String, List<String>> groups = new TreeMap<>();
        for (String each : permissions.all()) {
            groups.computeIfAbsent(each.split("\\.", 2)[0], _ -> new ArrayList<>()).add(each);
        }
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "team/role",
                "form",
                form,
                "role",
                role,
                "groups",
                groups,
                "chosen",
                chosen);
    }

    private TeamView.RoleShown find(Page page, String id) {
        return view.roles(actor(page)).stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(404, "role.unknown", "role", id));
    }

    private static Set<@Nullable String> chosen(List<String> permission) {
        Set<@Nullable String> chosen = new HashSet<>();
        permission.stream().filter(each -> !each.isBlank()).forEach(chosen::add);
        return chosen;
    }

    private static Actor actor(Page page) {
        return page.reader().actor();
    }
}
