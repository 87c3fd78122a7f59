package dev.escale.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        subcommands = {TokensCommand.Create.class, TokensCommand.Revoke.class})
final class TokensCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Override
    public void run() {
        output.print(
                ControlPlane.current().get("tokens"),
                body ->
                        Output.table(
                                List.of(
                                        Words.say("column.name"),
                                        Words.say("column.lastUsed"),
                                        Words.say("column.expires"),
                                        Words.say("column.id")),
                                ControlPlane.items(Answers.Token.class, body).stream()
                                        .map(
                                                token ->
                                                        List.of(
                                                                Answers.text(token.name()),
                                                                When.text(token.lastUsedAt()),
                                                                When.text(token.expiresAt()),
                                                                token.id()))
                                        .toList()));
    }

    @Command(name = "create", mixinStandardHelpOptions = true)
    static final class Create implements Runnable {
        @Mixin private Output output = new Output();

        @Parameters(paramLabel = "NAME", descriptionKey = "tokens.name")
        private String name = "";

        @Override
        public void run() {
            output.print(
                    ControlPlane.current().send("POST", "tokens", Map.of("name", name)),
                    body ->
                            List.of(
                                    Words.say("tokens.once"),
                                    Answers.text(
                                            ControlPlane.read(Answers.Token.class, body).token())));
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true)
    static final class Revoke implements Runnable {
        @Mixin private Output output = new Output();

        @Parameters(paramLabel = "ID", descriptionKey = "tokens.id")
        private String id = "";

        @Override
        public void run() {
            output.print(
                    ControlPlane.current().send("DELETE", "tokens/" + ControlPlane.part(id), null),
                    body -> List.of(Words.say("tokens.revoked", id)));
        }
    }
}
