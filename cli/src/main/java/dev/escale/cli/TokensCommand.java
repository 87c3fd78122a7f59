package dev.escale.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
        @Mixin private DryRun dryRun = new DryRun();
        @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

        @Parameters(paramLabel = "NAME", descriptionKey = "tokens.name")
        private String name = "";

        @Option(names = "--expires", paramLabel = "WHEN", descriptionKey = "tokens.expires")
        private @Nullable String expires;

        @Override
        public void run() {
            Map<String, String> wanted = new LinkedHashMap<>();
            wanted.put("name", name);
            if (expires != null) {
                wanted.put("expiresAt", expiry(expires).toString());
            }
            var control = ControlPlane.current();
            if (!dryRun.shown(control, "POST", "tokens", wanted, output)) {
                output.print(control.send("POST", "tokens", wanted), Create::lines);
            }
        }

        private Instant expiry(String text) {
            return Expiry.of(text, Instant.now(), ZoneId.systemDefault())
                    .orElseThrow(
                            () ->
                                    new CommandLine.ParameterException(
                                            Objects.requireNonNull(spec).commandLine(),
                                            Words.say("tokens.badExpiry", text)));
        }

        /** The token stands last, where scripts look for it. */
        private static List<String> lines(String body) {
            var made = ControlPlane.read(Answers.Token.class, body);
            String end = made.expiresAt();
            return List.of(
                    end == null
                            ? Words.say("tokens.forEver")
                            : Words.say("tokens.until", When.text(end)),
                    Words.say("tokens.once"),
                    Answers.text(made.token()));
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true)
    static final class Revoke implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private DryRun dryRun = new DryRun();

        @Parameters(paramLabel = "ID", descriptionKey = "tokens.id")
        private String id = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = "tokens/" + ControlPlane.part(id);
            if (!dryRun.shown(control, "DELETE", path, null, output)) {
                output.print(
                        control.send("DELETE", path, null),
                        body -> List.of(Words.say("tokens.revoked", id)));
            }
        }
    }
}
