package dev.escale.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A sign-in link for a member who has lost every other way in. */
@Command(name = "recover", mixinStandardHelpOptions = true)
final class RecoverCommand implements Runnable {
    @Mixin private Output output = new Output();
    @Mixin private DryRun dryRun = new DryRun();

    @Parameters(paramLabel = "PERSON", descriptionKey = "teams.member")
    private String person = "";

    @Override
    public void run() {
        var control = ControlPlane.current();
        String path =
                TeamsCommand.own(
                        control, "members/" + ControlPlane.part(person) + "/sign-in-links");
        if (!dryRun.shown(control, "POST", path, null, output)) {
            output.print(
                    control.send("POST", path, null),
                    body ->
                            List.of(
                                    Words.say("teams.recovered"),
                                    ControlPlane.read(Answers.NewLink.class, body).link()));
        }
    }
}
