package dev.escale.cli.demo;

import dev.escale.cli.Authorities;
import dev.escale.cli.ControlPlane;
import dev.escale.cli.Refusal;
import dev.escale.cli.Words;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job from nothing, on real parts: push a sample and fetch its live URL. */
@Command(name = "demo", mixinStandardHelpOptions = true)
public final class DemoCommand implements Runnable {
    @Option(names = "--once", descriptionKey = "demo.once")
    private boolean once;

    @Override
    public void run() {
        var progress = new Progress();
        Path home = Homes.demo();
        try (var taken = DemoHome.take(home)) {
            run(taken, home, progress);
        }
    }

    private void run(DemoHome taken, Path home, Progress progress) {
        progress.note(Words.say("demo.fresh", home));
        progress.note(Words.say(Homes.root() ? "demo.users" : "demo.rights"));
        new LocalStack(Checkout.fromLauncher(), home, 0, progress).endLeftovers();
        for (String part :
                List.of(
                        "control",
                        "agent/apps",
                        "agent/identity",
                        "agent/journal",
                        "agent/outbox",
                        "agent/certificates",
                        "agent/nginx",
                        "agent/pm2",
                        "log",
                        "hello")) {
            SampleRepository.delete(home.resolve(part));
        }
        int port = Ports.freeFrom(8420);
        if (port != 8420) {
            progress.note(Words.say("demo.portTaken", "8420", String.valueOf(port)));
        }
        var stack = new LocalStack(Checkout.fromLauncher(), home, port, progress);
        var stopping = new Stopping(stack, progress, taken::removeUsers);
        Runtime.getRuntime().addShutdownHook(new Thread(stopping::stop));
        try {
            show(stack, home, progress);
        } finally {
            stopping.stop();
        }
    }

    private void show(LocalStack stack, Path home, Progress progress) {
        progress.begin(Words.say("demo.control"));
        stack.startControlPlane();
        progress.begin(Words.say("demo.agent"));
        String server = stack.startAgent("demo");
        progress.begin(Words.say("demo.app"));
        var app = create(stack, server);
        var sample =
                SampleRepository.copyOf(
                        Checkout.fromLauncher().example("hello"),
                        home.resolve("hello"),
                        home.resolve("log/git.log"));
        progress.begin(Words.say("demo.push"));
        Instant pushed = Instant.now();
        sample.push(app.gitUrl(), stack.login());
        progress.begin(Words.say("demo.fetch", app.url()));
        fetch(stack, app.url());
        progress.end();
        double seconds = Duration.between(pushed, Instant.now()).toMillis() / 1000.0;
        System.out.println(
                Words.say(
                        "demo.live",
                        app.url(),
                        String.format(java.util.Locale.ROOT, "%.1f", seconds)));
        if (!once) {
            invite(stack);
            stack.join();
        }
    }

    private static void invite(LocalStack stack) {
        System.out.println(Words.say("demo.dashboard", stack.url()));
        stack.signInLink().ifPresent(link -> System.out.println(Words.say("demo.signIn", link)));
        System.out.println(Words.say("demo.trust", stack.authority()));
        System.out.println(Words.say("demo.login", stack.url()));
        System.out.println(Words.say("demo.stay"));
    }

    private static AppCreated create(LocalStack stack, String server) {
        return ControlPlane.read(
                AppCreated.class,
                stack.api()
                        .send(
                                "POST",
                                "apps",
                                Map.of(
                                        "name",
                                        "hello",
                                        "server",
                                        server,
                                        "source",
                                        Map.of("type", "escale"),
                                        "branch",
                                        "main")));
    }

    private static void fetch(LocalStack stack, String url) {
        try (var http =
                HttpClient.newBuilder()
                        .sslContext(Authorities.trusting(stack.authority()))
                        .connectTimeout(Duration.ofSeconds(10))
                        .build()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new Refusal(
                        Words.say("demo.wrongAnswer", url, String.valueOf(answer.statusCode())));
            }
        } catch (IOException failure) {
            throw new Refusal(
                    Words.say("login.unreachable", url, String.valueOf(failure.getMessage())),
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }

    @Json
    record AppCreated(String id, String url, String gitUrl) {}
}
