package dev.escale.control.app;

import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;

/** What an app prints, while somebody looks. */
@Controller
class AppOutputPages {
    private final AppTargets targets;
    private final AppBadges badges;
    private final Views views;

    AppOutputPages(AppTargets targets, AppBadges badges, Views views) {
        this.targets = targets;
        this.badges = badges;
        this.views = views;
    }

    @GetMapping("/{team}/apps/{app}/output")
    View output(Page page, @PathVariable String app) {
        App found = targets.shown(page.reader().actor(), app);
        return views.page(
                page,
                "app/output",
                "app",
                found,
                "badge",
                badges.of(page, found),
                "server",
                targets.server(found));
    }
}
