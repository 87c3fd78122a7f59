package dev.escale.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.LocalSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ChromiumTest {
    private static final String BARRIERS =
            "<!doctype html><title>t</title><img src='/x'><script>alert(1)</script>";

    @TempDir Path folder;

    @Test
    void verifiesCertificatesAndFindsBarriersAndRefusalsByThePolicy() throws Exception {
        try (LocalSite site = LocalSite.saying(folder, () -> BARRIERS);
                Chromium chromium = Chromium.trusting(site.root());
                Visit visit = chromium.visit("fr", ColorScheme.LIGHT)) {

            visit.page().navigate(site.url());

            assertThat(Axe.load().violations(visit.page()))
                    .anySatisfy(line -> assertThat(line).startsWith("html-has-lang"))
                    .anySatisfy(line -> assertThat(line).startsWith("image-alt"));
            assertThat(visit.complaints())
                    .anySatisfy(line -> assertThat(line).contains("Content Security Policy"));
            assertThat(visit.page().evaluate("navigator.language")).isEqualTo("fr");
        }
    }

    @Test
    void refusesASiteWhoseRootItDoesNotTrust() throws Exception {
        try (LocalSite site = LocalSite.saying(folder, () -> BARRIERS);
                Chromium chromium = Chromium.trusting()) {

            assertThatThrownBy(() -> chromium.page().navigate(site.url()))
                    .isInstanceOf(PlaywrightException.class)
                    .hasMessageContaining("ERR_CERT_AUTHORITY_INVALID");
        }
    }
}
