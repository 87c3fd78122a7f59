package dev.escale.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deploy", mixinStandardHelpOptions = true)
final class DeployCommand implements Runnable {
    @Mixin private Output output = new Output();
    @Mixin private Following following = new Following();
    @Mixin private DryRun dryRun = new DryRun();

    @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
    private String app = "";

    @Option(names = "--ref", descriptionKey = "deploy.ref")
    private @Nullable String ref;

    @Option(names = "--commit", descriptionKey = "deploy.commit")
    private @Nullable String commit;

    @Option(names = "--force", descriptionKey = "deploy.force")
    private boolean force;

    @Override
    public void run() {
        var control = ControlPlane.current();
        Map<String, Object> body = new LinkedHashMap<>();
        if (ref != null) {
            body.put("ref", ref);
        }
        if (commit != null) {
            body.put("commit", commit);
        }
        if (force) {
            body.put("force", true);
        }
        String path = "apps/" + ControlPlane.part(app) + "/deployments";
        if (!dryRun.shown(control, "POST", path, body, output)) {
            following.follow(control, control.send("POST", path, body), output);
        }
    }
}
