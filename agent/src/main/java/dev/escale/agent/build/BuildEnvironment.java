package dev.escale.agent.build;

import dev.escale.agent.build.detect.PackageManager;
import dev.escale.agent.release.BuildRequest;
import dev.escale.protocol.EnvValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a build. Of the app's own it gets those that are not secret: frameworks bake
 * them into pages, where a secret must not end.
 */
final class BuildEnvironment {
    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Set<String> OURS = Set.of("PATH", "HOME", "TMPDIR", "NODE_ENV", "CI");

    private final Map<String, EnvValue> app;
    private final Map<String, String> network;
    private final Path home;
    private final String commit;
    private final long release;

    BuildEnvironment(BuildRequest request, Map<String, String> network, Path home, String commit) {
        this.app = request.order().env();
        this.network = network;
        this.home = home;
        this.commit = commit;
        this.release = request.order().release();
    }

    /** With dependencies for development: builds need them. */
    Map<String, String> installing(@Nullable PackageManager packages, List<Path> programs) {
        var all = common(programs);
        all.put("npm_config_update_notifier", "false");
        if (packages != null && packages.name().startsWith("pnpm")) {
            all.put("npm_config_store_dir", home.resolve("pnpm-store").toString());
            all.put("npm_config_package_import_method", "clone-or-copy");
        }
        if (packages != null && packages.name().startsWith("yarn")) {
            all.put("YARN_NODE_LINKER", "node-modules");
            all.put("YARN_ENABLE_TELEMETRY", "0");
        }
        return all;
    }

    Map<String, String> building(List<Path> programs, Map<String, String> ofFramework) {
        var all = common(programs);
        EnvValue wanted = app.get("NODE_ENV");
        all.put("NODE_ENV", wanted == null ? "production" : wanted.value());
        all.put("npm_config_update_notifier", "false");
        all.putAll(ofFramework);
        return all;
    }

    /** What of it may decide which packages come. */
    String ofApp() {
        return new TreeMap<>(open()).toString();
    }

    private Map<String, String> common(List<Path> programs) {
        var all = new HashMap<>(network);
        all.putAll(open());
        all.put("PATH", path(programs));
        all.put("HOME", home.toString());
        all.put("TMPDIR", home.resolve("tmp").toString());
        all.put("CI", "true");
        all.put("ESCALE_RELEASE", Long.toString(release));
        all.put("ESCALE_COMMIT", commit);
        return all;
    }

    static String path(List<Path> programs) {
        var path = new StringBuilder();
        programs.forEach(folder -> path.append(folder).append(':'));
        return path.append(PATH).toString();
    }

    private Map<String, String> open() {
        var open = new HashMap<String, String>();
        app.forEach(
                (name, value) -> {
                    if (!value.secret()
                            && !OURS.contains(name)
                            && name.matches("[A-Za-z_][A-Za-z0-9_]*")
                            && value.value().indexOf('\0') < 0) {
                        open.put(name, value.value());
                    }
                });
        return open;
    }
}
