package dev.escale.control.app;

import dev.escale.control.web.Badge;
import dev.escale.control.web.Page;

/** How apps are, for the bar over their pages. */
public interface AppBadges {
    Badge of(Page page, App app);
}
