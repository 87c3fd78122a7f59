package dev.escale.testkit.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Debian's Chromium. It verifies certificates: the authority's root is put into the NSS database of
 * a home made for it. Playwright brings its own driver and downloads nothing.
 */
public final class Chromium implements AutoCloseable {
    /** Machines that test are busy: what is expected of a page may take its time. */
    private static final double PATIENCE_MILLIS = 20_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--host-resolver-rules=MAP *.localhost 127.0.0.1");

    private final Workplace home;
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Workplace home, Playwright playwright, Browser browser) {
        this.home = home;
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * @param roots certificates to trust besides the public ones
     */
    public static Chromium trusting(Path... roots) {
        Workplace home = Workplace.fresh();
        for (Path root : roots) {
            trust(home.folder(), root);
        }
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options =
                new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setHeadless(true)
                        .setArgs(FLAGS)
                        .setEnv(environment(home.folder()));
        return new Chromium(home, playwright, playwright.chromium().launch(options));
    }

    /** A fresh profile in this language and theme, with its one page. */
    public Visit visit(String language, ColorScheme theme) {
        return Visit.of(browser.newContext(options(language, theme)));
    }

    /**
     * The same, signed in already.
     *
     * @param state from {@link Visit#state}
     */
    public Visit visit(String language, ColorScheme theme, String state) {
        return Visit.of(browser.newContext(options(language, theme).setStorageState(state)));
    }

    private static Browser.NewContextOptions options(String language, ColorScheme theme) {
        return new Browser.NewContextOptions()
                .setLocale(language)
                .setColorScheme(theme)
                .setViewportSize(1280, 900);
    }

    public Page page() {
        return visit("en", ColorScheme.DARK).page();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        home.close();
    }

    private static void trust(Path home, Path root) {
        Path database = home.resolve(".pki/nssdb");
        if (!Files.exists(database)) {
            Program.of("mkdir", "-p", database.toString()).run();
            Program.of("certutil", "-d", "sql:" + database, "-N", "--empty-password").run();
        }
        Program.of(
                        "certutil",
                        "-d",
                        "sql:" + database,
                        "-A",
                        "-n",
                        root.toString(),
                        "-t",
                        "C,,",
                        "-i",
                        root.toString())
                .run();
    }

    private static Map<String, String> environment(Path home) {
        var environment = new HashMap<String, String>();
        environment.put("HOME", home.toString());
        environment.put("PATH", Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin"));
        environment.put("LANG", "C.UTF-8");
        return environment;
    }

    private static Path executable() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no Chromium here: apt-get install chromium"
                                                + " libnss3-tools"));
    }
}
