package dev.escale.agent.build.detect;

import dev.escale.protocol.Overrides;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people settled themselves: on the page, or else in {@code escale.yaml}.
 *
 * @param values by the keys of {@code escale.yaml}, checked
 * @param shared paths that outlive releases
 * @param env names of variables that must be set
 */
record Settings(Map<String, Setting> values, List<String> shared, List<String> env) {
    static final String PAGE = "settings";

    /**
     * @param from {@code settings} or {@code escale.yaml}
     */
    record Setting(String value, String from) {}

    Settings {
        values = Map.copyOf(values);
        shared = List.copyOf(shared);
        env = List.copyOf(env);
    }

    Optional<Setting> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Settings under(Overrides page) {
        var all = new HashMap<>(values);
        put(all, "type", page.type());
        put(all, "root", page.root());
        put(all, "build", page.build());
        put(all, "start", page.start());
        put(all, "output", page.output());
        put(all, "port", page.port());
        put(all, "health.path", page.healthPath());
        put(all, "health.timeout", page.healthTimeoutSeconds());
        return new Settings(all, shared, env);
    }

    private static void put(Map<String, Setting> all, String key, @Nullable Object value) {
        if (value != null) {
            all.put(key, new Setting(value.toString().strip(), PAGE));
        }
    }
}
