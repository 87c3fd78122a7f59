package dev.escale.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", mixinStandardHelpOptions = true)
final class WhoamiCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Override
    public void run() {
        var control = ControlPlane.current();
        output.print(
                control.get("me"),
                body -> {
                    var me = ControlPlane.read(Answers.Me.class, body);
                    return List.of(
                            Words.say(
                                    "whoami.line",
                                    Answers.text(me.name()),
                                    me.teamName(),
                                    control.url()));
                });
    }
}
