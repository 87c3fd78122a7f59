package dev.escale.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deployments", mixinStandardHelpOptions = true)
final class DeploymentsCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            descriptionKey = "option.limit")
    private int limit;

    @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
    private String app = "";

    @Override
    public void run() {
        String path = "apps/" + ControlPlane.part(app) + "/deployments";
        output.print(ControlPlane.current().list(path, "before", limit), DeploymentsCommand::table);
    }

    private static List<String> table(String body) {
        List<Answers.Deployment> deployments = ControlPlane.items(Answers.Deployment.class, body);
        return deployments.isEmpty()
                ? List.of(Words.say("deployments.none"))
                : Output.table(
                        List.of(
                                Words.say("column.number"),
                                Words.say("column.state"),
                                Words.say("column.commit"),
                                Words.say("column.subject"),
                                Words.say("column.when"),
                                Words.say("column.id")),
                        deployments.stream().map(DeploymentsCommand::row).toList());
    }

    private static List<String> row(Answers.Deployment deployment) {
        String commit = Answers.text(deployment.commit());
        return List.of(
                String.valueOf(deployment.number()),
                Words.say("status." + deployment.status()) + (deployment.current() ? " *" : ""),
                commit.substring(0, Math.min(7, commit.length())),
                Answers.text(deployment.subject()),
                When.text(deployment.queuedAt()),
                deployment.id());
    }
}
