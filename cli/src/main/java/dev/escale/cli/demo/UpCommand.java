package dev.escale.cli.demo;

import dev.escale.cli.Words;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/**
 * A control plane and an agent for this machine that keep what they have from one start to the
 * next.
 */
@Command(name = "up", mixinStandardHelpOptions = true)
public final class UpCommand implements Runnable {

    @Override
    public void run() {
        var progress = new Progress();
        Path home = Homes.up();
        var stack = new LocalStack(Checkout.fromLauncher(), home, Ports.chosen(), progress);
        var stopping = new Stopping(stack, progress, () -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(stopping::stop));
        try {
            progress.begin(Words.say("demo.control"));
            stack.startControlPlane();
            progress.begin(Words.say("demo.agent"));
            stack.startAgent("local");
            progress.end();
            System.out.println(Words.say("demo.dashboard", stack.url()));
            stack.signInLink()
                    .ifPresent(link -> System.out.println(Words.say("demo.signIn", link)));
            System.out.println(Words.say("demo.stay"));
            stack.join();
        } finally {
            stopping.stop();
        }
    }
}
