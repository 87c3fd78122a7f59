package dev.escale.control;

import dev.escale.control.account.SignInLinkCommand;
import dev.escale.control.db.MovedAway;
import dev.escale.control.upkeep.MoveCommand;
import dev.escale.control.upkeep.ReturnCommand;
import dev.escale.control.upkeep.RotateKeysCommand;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the control plane. */
@SpringBootApplication(proxyBeanMethods = false)
public class Main {

    public static void main(String[] arguments) {
        try {
            ControlConfig config = ControlConfig.load(System.getenv());
            DataFolder.make(config.home());
            List<String> asked = List.of(arguments);
            int link = asked.indexOf("--sign-in-link");
            if (link >= 0) {
                String person = link + 1 < arguments.length ? arguments[link + 1] : null;
                SignInLinkCommand.run(config, person, System.out);
            } else if (asked.contains("--rotate-keys")) {
                RotateKeysCommand.run(config, System.out);
            } else if (asked.stream().anyMatch(each -> each.startsWith(MoveCommand.FLAG))) {
                MoveCommand.run(config, asked, System.out);
            } else if (asked.contains(MovedAway.BACK)) {
                ReturnCommand.run(config, System.out);
            } else {
                application(config).run(arguments);
            }
        } catch (StartRefused refused) {
            StartFailures.print(refused);
            System.exit(1);
        } catch (RuntimeException failure) {
            // StartFailures has told it, or Spring did
            System.exit(1);
        }
    }

    /** The whole control plane with these settings; {@code run} starts it. */
    public static SpringApplication application(ControlConfig config) {
        SpringApplication application = new SpringApplication(Main.class);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("controlConfig", config));
        return application;
    }
}
