package dev.escale.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        subcommands = {
            AccountCommand.Set.class,
            AccountCommand.Passkeys.class,
            AccountCommand.RenamePasskey.class,
            AccountCommand.RemovePasskey.class,
            AccountCommand.Sessions.class,
            AccountCommand.EndSession.class
        })
final class AccountCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Override
    public void run() {
        output.print(ControlPlane.current().get("me"), AccountCommand::person);
    }

    private static List<String> person(String body) {
        var me = ControlPlane.read(Answers.Me.class, body);
        return List.of(Answers.text(me.name()), me.preferences());
    }

    @Command(name = "set", mixinStandardHelpOptions = true)
    static final class Set implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private DryRun dryRun = new DryRun();
        @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

        @Option(names = "--name", descriptionKey = "account.name")
        private @Nullable String name;

        @Option(names = "--language", descriptionKey = "account.language")
        private @Nullable String language;

        @Option(names = "--theme", descriptionKey = "account.theme")
        private @Nullable String theme;

        @Option(names = "--time-zone", descriptionKey = "account.timeZone")
        private @Nullable String timeZone;

        @Override
        public void run() {
            Map<String, String> changes = new LinkedHashMap<>();
            put(changes, "name", name);
            put(changes, "language", language);
            put(changes, "theme", theme);
            put(changes, "timeZone", timeZone);
            if (changes.isEmpty() && spec != null) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), Words.say("account.nothing"));
            }
            var control = ControlPlane.current();
            if (!dryRun.shown(control, "PATCH", "me", changes, output)) {
                output.print(control.send("PATCH", "me", changes), AccountCommand::person);
            }
        }

        private static void put(Map<String, String> changes, String key, @Nullable String value) {
            if (value != null) {
                changes.put(key, value);
            }
        }
    }

    @Command(name = "passkeys", mixinStandardHelpOptions = true)
    static final class Passkeys implements Runnable {
        @Mixin private Output output = new Output();

        @Override
        public void run() {
            output.print(
                    ControlPlane.current().get("passkeys"),
                    body ->
                            Output.table(
                                    List.of(
                                            Words.say("column.name"),
                                            Words.say("column.lastUsed"),
                                            Words.say("column.id")),
                                    ControlPlane.items(Answers.Passkey.class, body).stream()
                                            .map(
                                                    each ->
                                                            List.of(
                                                                    each.shown(),
                                                                    When.text(each.lastUsedAt()),
                                                                    each.id()))
                                            .toList()));
        }
    }

    @Command(name = "rename-passkey", mixinStandardHelpOptions = true)
    static final class RenamePasskey implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private DryRun dryRun = new DryRun();

        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "account.passkey")
        private String id = "";

        @Parameters(index = "1", paramLabel = "NAME", descriptionKey = "account.passkeyName")
        private String name = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = "passkeys/" + ControlPlane.part(id);
            var changes = Map.of("name", name);
            if (!dryRun.shown(control, "PATCH", path, changes, output)) {
                output.print(
                        control.send("PATCH", path, changes),
                        body ->
                                List.of(
                                        Words.say(
                                                "account.renamed",
                                                ControlPlane.read(Answers.Passkey.class, body)
                                                        .name())));
            }
        }
    }

    @Command(name = "remove-passkey", mixinStandardHelpOptions = true)
    static final class RemovePasskey implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private Confirmation confirmation = new Confirmation();

        @Parameters(paramLabel = "ID", descriptionKey = "account.passkey")
        private String id = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            String name =
                    ControlPlane.items(Answers.Passkey.class, control.get("passkeys")).stream()
                            .filter(each -> each.id().equals(id))
                            .map(Answers.Passkey::name)
                            .findFirst()
                            .orElse(id);
            confirmation.delete(control, "passkeys/" + ControlPlane.part(id), name, output);
        }
    }

    @Command(name = "sessions", mixinStandardHelpOptions = true)
    static final class Sessions implements Runnable {
        @Mixin private Output output = new Output();

        @Override
        public void run() {
            output.print(
                    ControlPlane.current().get("sessions"),
                    body ->
                            Output.table(
                                    List.of(
                                            Words.say("column.address"),
                                            Words.say("column.lastUsed"),
                                            Words.say("column.id"),
                                            Words.say("column.browser")),
                                    ControlPlane.items(Answers.Session.class, body).stream()
                                            .map(
                                                    each ->
                                                            List.of(
                                                                    Answers.text(each.address()),
                                                                    When.text(each.lastUsedAt()),
                                                                    each.id(),
                                                                    Answers.text(each.browser())))
                                            .toList()));
        }
    }

    @Command(name = "sign-out", mixinStandardHelpOptions = true)
    static final class EndSession implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private DryRun dryRun = new DryRun();

        @Parameters(paramLabel = "ID", arity = "0..1", descriptionKey = "account.session")
        private @Nullable String id;

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = id == null ? "sessions" : "sessions/" + ControlPlane.part(id);
            if (!dryRun.shown(control, "DELETE", path, null, output)) {
                output.print(
                        control.send("DELETE", path, null),
                        body -> List.of(Words.say("account.signedOut")));
            }
        }
    }
}
