package dev.escale.testkit.forge;

import com.microsoft.playwright.Page;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** GitHub with its sign-in page, its API and an application for Escale. */
public final class GitHub implements AutoCloseable {
    private static final String CLIENT = "escale";
    private static final String SECRET = "emulated";

    private final int port;
    private final ForgeProcess process;

    private GitHub(int port, ForgeProcess process) {
        this.port = port;
        this.process = process;
    }

    /**
     * @param folder for its settings and its log
     * @param escale URL of the control plane
     * @param logins of people with an account, whose addresses are {@code login@example.com}
     */
    public static GitHub start(Path folder, String escale, String... logins) {
        int port = ForgeProcess.freePort();
        Path seed = folder.resolve("github.json");
        write(seed, Json.write(Map.of("github", seed(escale, logins))));
        return new GitHub(
                port,
                ForgeProcess.start(
                        port,
                        folder.resolve("github.log"),
                        ForgePackages.gitHub().toString(),
                        "start",
                        "--service",
                        "github",
                        "--port",
                        Integer.toString(port),
                        "--base-url",
                        ForgeProcess.url(port),
                        "--seed",
                        seed.toString()));
    }

    public ControlSettings setUp(ControlSettings settings) {
        return settings.with("ESCALE_GITHUB_URL", ForgeProcess.url(port))
                .with("ESCALE_GITHUB_API_URL", ForgeProcess.url(port))
                .with("ESCALE_GITHUB_CLIENT_ID", CLIENT)
                .with("ESCALE_GITHUB_CLIENT_SECRET", SECRET);
    }

    /** On its own page: who is there, and agrees. */
    public void agree(Page page, String login) {
        page.waitForURL(url -> url.startsWith(ForgeProcess.url(port)));
        page.locator("form:has(input[name=login][value='" + login + "']) button").click();
        page.waitForURL(url -> !url.startsWith(ForgeProcess.url(port)));
    }

    @Override
    public void close() {
        process.close();
    }

    private static Map<String, Object> seed(String escale, String... logins) {
        List<Map<String, String>> users =
                Stream.of(logins)
                        .map(
                                login ->
                                        Map.of(
                                                "login",
                                                login,
                                                "name",
                                                login,
                                                "email",
                                                login + "@example.com"))
                        .toList();
        Map<String, Object> application =
                Map.of(
                        "client_id",
                        CLIENT,
                        "client_secret",
                        SECRET,
                        "name",
                        "Escale",
                        "redirect_uris",
                        List.of(escale + "/login/github/callback"));
        return Map.of("users", users, "oauth_apps", List.of(application));
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
