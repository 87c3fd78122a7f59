package dev.escale.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rollback", mixinStandardHelpOptions = true)
final class RollbackCommand implements Runnable {
    @Mixin private Output output = new Output();
    @Mixin private Following following = new Following();
    @Mixin private DryRun dryRun = new DryRun();

    @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
    private String app = "";

    @Option(names = "--release", descriptionKey = "rollback.release")
    private @Nullable Long release;

    @Option(
            names = "--configuration",
            paramLabel = "then|now",
            descriptionKey = "rollback.configuration")
    private @Nullable String configuration;

    @Override
    public void run() {
        var control = ControlPlane.current();
        Map<String, Object> body = new LinkedHashMap<>();
        if (release != null) {
            body.put("release", release);
        }
        if (configuration != null) {
            body.put("configuration", configuration);
        }
        String path = "apps/" + ControlPlane.part(app) + "/rollback";
        if (!dryRun.shown(control, "POST", path, body, output)) {
            following.follow(control, control.send("POST", path, body), output);
        }
    }
}
