package dev.escale.control.audit;

import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The record of what was done, newest first. */
@Controller
class ActivityPages {
    private static final int PER_PAGE = 100;

    private final AuditLog log;
    private final Views views;

    ActivityPages(AuditLog log, Views views) {
        this.log = log;
        this.views = views;
    }

    /**
     * @param before only entries with a lower number
     */
    @GetMapping("/{team}/activity")
    View list(Page page, @RequestParam(required = false) @Nullable Long before) {
        List<ActivityRow> rows =
                log
                        .newest(
                                page.reader().actor(),
                                before == null ? Long.MAX_VALUE : before,
                                PER_PAGE + 1)
                        .stream()
                        .map(ActivityRow::of)
                        .toList();
        return views.page(
                page,
                "audit/activity",
                "rows",
                rows.stream().limit(PER_PAGE).toList(),
                "more",
                rows.size() > PER_PAGE);
    }
}
