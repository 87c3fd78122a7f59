package dev.escale.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Forgets the login on this machine; the token itself stays valid until it is revoked. */
@Command(name = "logout", mixinStandardHelpOptions = true)
final class LogoutCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Override
    public void run() {
        boolean forgotten = Logins.ofThisUser().forget();
        output.line(Words.say(forgotten ? "logout.done" : "logout.nothing"));
    }
}
