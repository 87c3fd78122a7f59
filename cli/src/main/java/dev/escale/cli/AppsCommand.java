package dev.escale.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "apps",
        mixinStandardHelpOptions = true,
        subcommands = {
            AppsCommand.Create.class,
            AppsCommand.Show.class,
            AppsCommand.Remove.class,
            AppsCommand.Start.class,
            AppsCommand.Stop.class,
            AppsCommand.Restart.class
        })
final class AppsCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Override
    public void run() {
        output.print(ControlPlane.current().get("apps"), AppsCommand::table);
    }

    private static List<String> table(String body) {
        List<Answers.App> apps = ControlPlane.items(Answers.App.class, body);
        return apps.isEmpty()
                ? List.of(Words.say("apps.none"))
                : Output.table(
                        List.of(
                                Words.say("column.name"),
                                Words.say("column.state"),
                                Words.say("column.url"),
                                Words.say("column.branch"),
                                Words.say("column.id")),
                        apps.stream().map(AppsCommand::row).toList());
    }

    private static List<String> row(Answers.App app) {
        return List.of(
                app.slug(),
                Words.say("app.state." + app.state()),
                Answers.text(app.url()),
                Answers.text(app.branch()),
                app.id());
    }

    @Command(name = "create", mixinStandardHelpOptions = true)
    static final class Create implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private DryRun dryRun = new DryRun();

        @Parameters(paramLabel = "NAME", descriptionKey = "apps.name")
        private String name = "";

        @Option(names = "--server", required = true, descriptionKey = "apps.server")
        private String server = "";

        @Option(names = "--git", paramLabel = "URL", descriptionKey = "apps.git")
        private @Nullable String git;

        @Option(names = "--branch", descriptionKey = "apps.branch")
        private @Nullable String branch;

        @Override
        public void run() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", name);
            body.put("server", server);
            body.put(
                    "source",
                    git == null ? Map.of("type", "escale") : Map.of("type", "git", "url", git));
            if (branch != null) {
                body.put("branch", branch);
            }
            var control = ControlPlane.current();
            if (!dryRun.shown(control, "POST", "apps", body, output)) {
                output.print(control.send("POST", "apps", body), Create::next);
            }
        }

        private static List<String> next(String body) {
            var app = ControlPlane.read(Answers.App.class, body);
            return app.gitUrl() == null
                    ? List.of(Words.say("apps.create.deploy", app.slug()))
                    : List.of(
                            Words.say("apps.create.push", app.slug()),
                            "  git remote add escale " + app.gitUrl(),
                            "  git push escale " + (app.branch() == null ? "HEAD" : app.branch()));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true)
    static final class Show implements Runnable {
        @Mixin private Output output = new Output();

        @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
        private String app = "";

        @Override
        public void run() {
            output.print(
                    ControlPlane.current().get("apps/" + ControlPlane.part(app)),
                    body -> table("{\"items\":[" + body + "]}"));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private Confirmation confirmation = new Confirmation();

        @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
        private String app = "";

        @Override
        public void run() {
            confirmation.delete(
                    ControlPlane.current(), "apps/" + ControlPlane.part(app), app, output);
        }
    }

    @Command(name = "start", mixinStandardHelpOptions = true)
    static final class Start extends Action {
        Start() {
            super("start");
        }
    }

    @Command(name = "stop", mixinStandardHelpOptions = true)
    static final class Stop extends Action {
        Stop() {
            super("stop");
        }
    }

    @Command(name = "restart", mixinStandardHelpOptions = true)
    static final class Restart extends Action {
        Restart() {
            super("restart");
        }
    }

    abstract static class Action implements Runnable {
        @Mixin private Output output = new Output();

        @Mixin private DryRun dryRun = new DryRun();

        @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
        private String app = "";

        private final String action;

        Action(String action) {
            this.action = action;
        }

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = "apps/" + ControlPlane.part(app) + "/actions";
            Map<String, String> body = Map.of("action", action);
            if (!dryRun.shown(control, "POST", path, body, output)) {
                output.print(
                        control.send("POST", path, body),
                        answer -> List.of(Words.say("apps." + action + ".done", app)));
            }
        }
    }
}
