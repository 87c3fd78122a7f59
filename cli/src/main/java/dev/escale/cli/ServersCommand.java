package dev.escale.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "servers",
        mixinStandardHelpOptions = true,
        subcommands = {
            ServersCommand.Add.class,
            ServersCommand.Show.class,
            ServersCommand.Remove.class
        })
final class ServersCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Override
    public void run() {
        output.print(
                ControlPlane.current().list("servers", "cursor", Integer.MAX_VALUE),
                ServersCommand::table);
    }

    private static List<String> table(String body) {
        List<Answers.Server> servers = ControlPlane.items(Answers.Server.class, body);
        return servers.isEmpty()
                ? List.of(Words.say("servers.none"))
                : Output.table(
                        List.of(
                                Words.say("column.name"),
                                Words.say("column.state"),
                                Words.say("column.address"),
                                Words.say("column.agent"),
                                Words.say("column.id")),
                        servers.stream().map(ServersCommand::row).toList());
    }

    private static List<String> row(Answers.Server server) {
        return List.of(
                server.name(),
                Answers.text(server.state()),
                Answers.text(server.address()),
                Answers.text(server.agentVersion()),
                server.id());
    }

    @Command(name = "add", mixinStandardHelpOptions = true)
    static final class Add implements Runnable {
        @Mixin private Output output = new Output();

        @Parameters(paramLabel = "NAME", descriptionKey = "servers.name")
        private String name = "";

        @Override
        public void run() {
            String answer = ControlPlane.current().send("POST", "servers", Map.of("name", name));
            output.print(
                    answer,
                    body -> {
                        var server = ControlPlane.read(Answers.Server.class, body);
                        return List.of(
                                Words.say("servers.add.done", server.name()),
                                Answers.text(server.installCommand()));
                    });
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true)
    static final class Show implements Runnable {
        @Mixin private Output output = new Output();

        @Parameters(paramLabel = "SERVER", descriptionKey = "servers.server")
        private String server = "";

        @Override
        public void run() {
            output.print(
                    ControlPlane.current().get("servers/" + ControlPlane.part(server)),
                    body -> table("{\"items\":[" + body + "]}"));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private Confirmation confirmation = new Confirmation();

        @Parameters(paramLabel = "SERVER", descriptionKey = "servers.server")
        private String server = "";

        @Override
        public void run() {
            confirmation.delete(
                    ControlPlane.current(), "servers/" + ControlPlane.part(server), server, output);
        }
    }
}
