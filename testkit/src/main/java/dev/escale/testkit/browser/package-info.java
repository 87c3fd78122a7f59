/** The real Chromium, driven by Playwright, with a profile that trusts one authority. */
@NullMarked
package dev.escale.testkit.browser;

import org.jspecify.annotations.NullMarked;
