package dev.escale.control.server;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Result;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Pages of the servers. */
@Controller
@RequestMapping("/{team}/servers")
class ServerPages {
    private final Servers servers;
    private final ServerTargets targets;
    private final ServerParts parts;
    private final Operations operations;
    private final ServerOperations offered;
    private final Views views;

    ServerPages(
            Servers servers,
            ServerTargets targets,
            ServerParts parts,
            Operations operations,
            ServerOperations offered,
            Views views) {
        this.servers = servers;
        this.targets = targets;
        this.parts = parts;
        this.operations = operations;
        this.offered = offered;
        this.views = views;
    }

    @GetMapping
    View list(Page page) {
        return targets.all(page.reader().actor()).isEmpty() && page.may("server.add")
                ? add(page, named(page), true)
                : views.page(page, "server/list", "rows", parts.rows(page));
    }

    @GetMapping("/new")
    View add(Page page) {
        Reads.checkOffer(page.reader().actor(), "server.add");
        return add(page, named(page), false);
    }

    @PostMapping
    View add(Page page, @RequestParam(defaultValue = "") String name) {
        try {
            ServerAdded added =
                    operations
                            .run(
                                    page.reader().actor(),
                                    offered.add(),
                                    new AddServer.Input(name),
                                    Mode.APPLY)
                            .applied();
            return connect(page, added);
        } catch (ProblemException refused) {
            return add(page, Form.of("name", name).refused(refused.problem()), false);
        }
    }

    /** A new token for a server whose agent has not come yet. */
    @PostMapping("/{id}/token")
    View token(Page page, @PathVariable String id) {
        return connect(
                page,
                operations
                        .run(
                                page.reader().actor(),
                                offered.token(),
                                new RenewToken.Input(id),
                                Mode.APPLY)
                        .applied());
    }

    @GetMapping("/{id}")
    View overview(Page page, @PathVariable String id) {
        return views.page(page, "server/overview", "view", parts.overview(page, get(page, id)));
    }

    @GetMapping("/{id}/settings")
    View settings(Page page, @PathVariable String id) {
        Server server = get(page, id);
        return settings(page, server, Form.of("name", server.name()));
    }

    @PostMapping("/{id}/settings")
    View rename(Page page, @PathVariable String id, @RequestParam String name) {
        try {
            operations.run(
                    page.reader().actor(),
                    offered.rename(),
                    new RenameServer.Input(id, name),
                    Mode.APPLY);
        } catch (ProblemException refused) {
            return settings(page, get(page, id), Form.of("name", name).refused(refused.problem()));
        }
        return views.redirect(page.to("/servers/" + id));
    }

    @GetMapping("/{id}/remove")
    View askToRemove(Page page, @PathVariable String id) {
        return removal(page, get(page, id), null);
    }

    @PostMapping("/{id}/remove")
    View remove(
            Page page,
            @PathVariable String id,
            @RequestParam String plan,
            @RequestParam(defaultValue = "") String name) {
        Server server = get(page, id);
        if (!name.strip().equals(server.name())) {
            return removal(page, server, page.rich("page.plan.nameWrong", "name", server.name()));
        }
        try {
            operations.apply(page.reader().actor(), plan);
        } catch (ProblemException stale) {
            if (!Plan.isStale(stale.problem())) {
                throw stale;
            }
            return removal(page, server, page.rich("page.plan.anew"));
        }
        return views.redirect(page.to("/servers"));
    }

    private View add(Page page, Form form, boolean first) {
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(status, page, "server/new", "form", form, "first", first);
    }

    private View connect(Page page, ServerAdded added) {
        return views.page(
                page, "server/connect", "added", added, "face", new ServerFace(added.server()));
    }

    private View settings(Page page, Server server, Form form) {
        return views.page(page, "server/settings", "face", new ServerFace(server), "form", form);
    }

    private View removal(Page page, Server server, @Nullable Content mistake) {
        Result.Planned<?> planned =
                (Result.Planned<?>)
                        operations.run(
                                page.reader().actor(),
                                offered.remove(),
                                new RemoveServer.Input(server.id().value()),
                                Mode.DRY_RUN);
        return views.page(
                page,
                "server/remove",
                "face",
                new ServerFace(server),
                "planned",
                planned,
                "mistake",
                Optional.ofNullable(mistake));
    }

    private Server get(Page page, String id) {
        return targets.shown(page.reader().actor(), id);
    }

    /** A name that is free, so that nobody has to think of one. */
    private Form named(Page page) {
        List<String> taken =
                servers.list(page.reader().team().id()).stream().map(Server::name).toList();
        String free =
                IntStream.iterate(1, number -> number + 1)
                        .mapToObj(number -> "server-" + number)
                        .filter(name -> !taken.contains(name))
                        .findFirst()
                        .orElseThrow();
        return Form.of("name", free);
    }
}
