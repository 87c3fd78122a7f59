package dev.escale.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says whether the token may do something, which roles have it, and who could give it. */
@Command(name = "why", mixinStandardHelpOptions = true)
final class TeamsWhyCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "PERMISSION", descriptionKey = "teams.permission")
    private String permission = "";

    @Override
    public void run() {
        var control = ControlPlane.current();
        var me = ControlPlane.read(Answers.Me.class, control.get("me"));
        String path = TeamsCommand.path(me) + "/permissions/" + ControlPlane.part(permission);
        output.print(control.get(path), TeamsWhyCommand::lines);
    }

    private static List<String> lines(String answer) {
        var right = ControlPlane.read(Answers.Right.class, answer);
        return List.of(
                Words.say("right." + right.having(), right.permission()),
                Words.say(
                        "teams.rolesWith",
                        right.roles().stream()
                                .map(Answers.Role::name)
                                .collect(Collectors.joining(", "))),
                Words.say("teams.givers", String.join(", ", right.givers())));
    }
}
