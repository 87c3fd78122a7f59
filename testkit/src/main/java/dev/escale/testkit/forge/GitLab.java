package dev.escale.testkit.forge;

import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** GitLab's OAuth without pages: whoever is signed in there agrees at once, or never. */
public final class GitLab implements AutoCloseable {
    private final int port;
    private final Path account;
    private final ForgeProcess process;

    private GitLab(int port, Path account, ForgeProcess process) {
        this.port = port;
        this.account = account;
        this.process = process;
    }

    /**
     * @param folder for its settings and its log
     */
    public static GitLab start(Path folder) {
        int port = ForgeProcess.freePort();
        Path account = folder.resolve("gitlab.json");
        Path script = folder.resolve("gitlab.mjs");
        GitHub.write(account, "{}");
        copy("gitlab.mjs", script);
        return new GitLab(
                port,
                account,
                ForgeProcess.start(
                        port,
                        folder.resolve("gitlab.log"),
                        script.toString(),
                        ForgePackages.gitLab().toString(),
                        Integer.toString(port),
                        account.toString()));
    }

    public ControlSettings setUp(ControlSettings settings) {
        return settings.with("ESCALE_GITLAB_URL", ForgeProcess.url(port))
                .with("ESCALE_GITLAB_CLIENT_ID", "escale")
                .with("ESCALE_GITLAB_CLIENT_SECRET", "emulated");
    }

    /**
     * Who is signed in there from now on.
     *
     * @param id of the account, which is what counts
     * @param verified whether it has verified {@code nickname@example.com}
     */
    public void signedIn(int id, String nickname, boolean verified) {
        GitHub.write(
                account,
                Json.write(
                        Map.of(
                                "sub",
                                Integer.toString(id),
                                "nickname",
                                nickname,
                                "name",
                                nickname,
                                "email",
                                nickname + "@example.com",
                                "email_verified",
                                verified)));
    }

    public void deny() {
        GitHub.write(account, "{\"denies\":true}");
    }

    /** It goes down in the middle, when it is asked for a token. */
    public void dieWhenAsked() {
        GitHub.write(account, "{\"dies\":true}");
    }

    @Override
    public void close() {
        process.close();
    }

    private static void copy(String resource, Path file) {
        try (InputStream content = GitLab.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            Files.copy(content, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
