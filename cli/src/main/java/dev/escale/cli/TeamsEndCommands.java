package dev.escale.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What an owner alone may do with the team that the token is for. Both show a plan first. */
final class TeamsEndCommands {
    private TeamsEndCommands() {}

    @Command(name = "transfer", mixinStandardHelpOptions = true)
    static final class Transfer implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private Confirmation confirmation = new Confirmation();

        @Parameters(paramLabel = "MEMBER", descriptionKey = "teams.member")
        private String member = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = TeamsCommand.path(own(control)) + "/owner";
            confirmation.run(
                    control,
                    new Confirmation.Deed("PUT", path, Map.of("person", member)),
                    member,
                    output,
                    answer ->
                            List.of(
                                    Words.say(
                                            "teams.transferred",
                                            ControlPlane.read(Answers.Owner.class, answer)
                                                    .name())));
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true)
    static final class Delete implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private Confirmation confirmation = new Confirmation();

        @Override
        public void run() {
            var control = ControlPlane.current();
            Answers.Me me = own(control);
            confirmation.run(
                    control,
                    new Confirmation.Deed("DELETE", TeamsCommand.path(me), null),
                    me.teamName(),
                    output,
                    answer -> List.of(Words.say(ended(answer), me.teamName())));
        }

        private static String ended(String answer) {
            return ControlPlane.read(Answers.Ended.class, answer).state().equals("removed")
                    ? "teams.removed"
                    : "teams.removing";
        }
    }

    private static Answers.Me own(ControlPlane control) {
        return ControlPlane.read(Answers.Me.class, control.get("me"));
    }
}
