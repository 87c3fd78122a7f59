package dev.escale.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The output of an app, or with {@code --deployment} that of one deployment. */
@Command(name = "logs", mixinStandardHelpOptions = true)
final class LogsCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
    private String app = "";

    @Option(
            names = {"-f", "--follow"},
            descriptionKey = "logs.follow")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "200",
            descriptionKey = "logs.lines")
    private int lines;

    @Option(
            names = {"-q", "--query"},
            paramLabel = "QUERY",
            defaultValue = "",
            descriptionKey = "logs.query")
    private String query = "";

    @Option(
            names = "--deployment",
            paramLabel = "ID|NUMBER|last",
            descriptionKey = "logs.deployment")
    private @Nullable String deployment;

    @Override
    public void run() {
        var control = ControlPlane.current();
        if (deployment == null) {
            String path = "apps/" + ControlPlane.part(app) + "/logs?lines=" + lines;
            String wanted = query.isBlank() ? "" : "&query=" + ControlPlane.part(query);
            copy(control, path + "&follow=" + follow + "&format=" + format() + wanted);
        } else {
            ofDeployment(control, "deployments/" + ControlPlane.part(idOf(control, deployment)));
        }
    }

    /** What was printed, and then why it ended as it did. */
    private void ofDeployment(ControlPlane control, String path) {
        copy(control, path + "/log?format=" + format());
        var told = ControlPlane.read(Answers.Deployment.class, control.get(path));
        if (!output.json() && told.reason() != null) {
            output.line(told.reason());
        }
    }

    private String format() {
        return output.json() ? "json" : "text";
    }

    private void copy(ControlPlane control, String path) {
        try (var answer =
                new BufferedReader(
                        new InputStreamReader(control.stream(path), StandardCharsets.UTF_8))) {
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                output.line(line);
            }
        } catch (IOException failure) {
            throw new Refusal(Words.say("logs.broken", Authorities.reason(failure)), failure);
        }
    }

    private String idOf(ControlPlane control, String wanted) {
        if (wanted.startsWith("dep_")) {
            return wanted;
        }
        List<Answers.Deployment> all =
                ControlPlane.items(
                        Answers.Deployment.class,
                        control.get("apps/" + ControlPlane.part(app) + "/deployments"));
        return all.stream()
                .filter(
                        each ->
                                wanted.equals("last")
                                        || wanted.equals(String.valueOf(each.number())))
                .findFirst()
                .map(Answers.Deployment::id)
                .orElseThrow(() -> new Refusal(Words.say("logs.noDeployment", app, wanted)));
    }
}
