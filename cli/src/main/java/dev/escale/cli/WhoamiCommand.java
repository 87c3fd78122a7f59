package dev.escale.cli;

import java.util.ArrayList;
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
                body -> lines(ControlPlane.read(Answers.Me.class, body), control.url()));
    }

    private static List<String> lines(Answers.Me me, String url) {
        List<String> lines = new ArrayList<>();
        lines.add(Words.say("whoami.line", Answers.text(me.name()), me.teamName(), url));
        lines.add(me.preferences());
        List<Answers.Identity> identities = me.identities();
        if (identities != null) {
            identities.forEach(
                    each -> lines.add(Words.say("whoami.identity", each.login(), each.where())));
        }
        return lines;
    }
}
