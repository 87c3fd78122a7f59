package dev.escale.control.app;

import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Overrides;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log may say of an app's input: nothing in which somebody may have put a secret.
 */
final class AppDetail {
    private AppDetail() {}

    /** Names of what was set; commands may carry secrets. */
    static @Nullable Collection<String> settings(@Nullable Overrides settings) {
        if (settings == null) {
            return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("type", settings.type());
        values.put("root", settings.root());
        values.put("build", settings.build());
        values.put("start", settings.start());
        values.put("output", settings.output());
        values.put("port", settings.port());
        values.put("healthPath", settings.healthPath());
        values.put("healthTimeoutSeconds", settings.healthTimeoutSeconds());
        values.values().removeIf(Objects::isNull);
        return values.isEmpty() ? List.of("none") : values.keySet();
    }

    /** Without password or token, also when it is refused for having one. */
    static @Nullable String url(CreateApp.@Nullable SourceInput source) {
        return source == null || source.url() == null
                ? null
                : GitUrl.of(source.url()).map(GitUrl::address).orElse(null);
    }

    /** What cannot be a name may be a whole line of a file of secrets. */
    static Collection<String> names(Collection<String> names) {
        Collection<String> shown = new TreeSet<>();
        names.forEach(name -> shown.add(ChangeEnvironment.validName(name) ? name : "?"));
        return shown;
    }
}
