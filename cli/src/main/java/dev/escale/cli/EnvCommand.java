package dev.escale.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Lists, sets and removes an app's variables. A secret's value comes from standard input, never
 * from an argument.
 */
@Command(name = "env", mixinStandardHelpOptions = true)
final class EnvCommand implements Runnable {
    @Mixin private Output output = new Output();
    @Mixin private DryRun dryRun = new DryRun();

    @Parameters(index = "0", paramLabel = "APP", descriptionKey = "apps.app")
    private String app = "";

    @Option(names = "--set", paramLabel = "NAME=VALUE", descriptionKey = "env.set")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--secret", paramLabel = "NAME", descriptionKey = "env.secret")
    private List<String> secrets = List.of();

    @Option(names = "--unset", paramLabel = "NAME", descriptionKey = "env.unset")
    private List<String> unset = List.of();

    @Override
    public void run() {
        var control = ControlPlane.current();
        String path = "apps/" + ControlPlane.part(app) + "/env";
        if (set.isEmpty() && secrets.isEmpty() && unset.isEmpty()) {
            output.print(control.get(path), EnvCommand::table);
            return;
        }
        Map<String, Object> change = change();
        if (!dryRun.shown(control, "PATCH", path, change, output)) {
            output.print(
                    control.send("PATCH", path, change),
                    body -> List.of(Words.say("env.done", app)));
        }
    }

    private Map<String, Object> change() {
        var values = new HashMap<String, Object>();
        set.forEach((name, value) -> values.put(name, Map.of("value", value, "secret", false)));
        for (String name : secrets) {
            values.put(name, Map.of("value", SecretInput.read(name), "secret", true));
        }
        return Map.of("set", values, "unset", unset);
    }

    private static List<String> table(String body) {
        var variables =
                new TreeMap<>(ControlPlane.read(Answers.Environment.class, body).variables());
        return variables.isEmpty()
                ? List.of(Words.say("env.none"))
                : Output.table(
                        List.of(Words.say("column.name"), Words.say("column.value")),
                        variables.entrySet().stream()
                                .map(
                                        each ->
                                                List.of(
                                                        each.getKey(),
                                                        each.getValue().secret()
                                                                ? "•••"
                                                                : Answers.text(
                                                                        each.getValue().value())))
                                .toList());
    }
}
