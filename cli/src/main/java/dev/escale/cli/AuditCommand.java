package dev.escale.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "audit", mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            descriptionKey = "option.limit")
    private int limit;

    @Override
    public void run() {
        output.print(
                ControlPlane.current().list("audit", "cursor", limit),
                body ->
                        Output.table(
                                List.of(
                                        Words.say("column.number"),
                                        Words.say("column.when"),
                                        Words.say("column.who"),
                                        Words.say("column.action"),
                                        Words.say("column.target"),
                                        Words.say("column.outcome")),
                                ControlPlane.items(Answers.Entry.class, body).stream()
                                        .map(AuditCommand::row)
                                        .toList()));
    }

    private static List<String> row(Answers.Entry entry) {
        return List.of(
                String.valueOf(entry.seq()),
                When.text(entry.at()),
                Answers.Party.name(entry.actor()),
                entry.action() + " " + entry.phase(),
                Answers.Party.name(entry.target()),
                Answers.text(entry.outcome()));
    }
}
