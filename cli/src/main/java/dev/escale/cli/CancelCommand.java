package dev.escale.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", mixinStandardHelpOptions = true)
final class CancelCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "DEPLOYMENT", descriptionKey = "cancel.deployment")
    private String deployment = "";

    @Override
    public void run() {
        String path = "deployments/" + ControlPlane.part(deployment) + "/cancel";
        output.print(
                ControlPlane.current().send("POST", path, Map.of()),
                body -> List.of(Words.say("cancel.done", deployment)));
    }
}
