package dev.escale.cli;

import java.util.LinkedHashMap;
import java.util.List;
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

    @Parameters(paramLabel = "APP", descriptionKey = "apps.app")
    private String app = "";

    @Option(names = "--release", descriptionKey = "rollback.release")
    private @Nullable Long release;

    @Option(names = "--dry-run", descriptionKey = "option.dryRun")
    private boolean dryRun;

    @Override
    public void run() {
        var control = ControlPlane.current();
        Map<String, Object> body = new LinkedHashMap<>();
        if (release != null) {
            body.put("release", release);
        }
        String path = "apps/" + ControlPlane.part(app) + "/rollback";
        if (dryRun) {
            output.print(control.send("POST", path + "?dryRun=true", body), List::of);
        } else {
            following.follow(control, control.send("POST", path, body), output);
        }
    }
}
