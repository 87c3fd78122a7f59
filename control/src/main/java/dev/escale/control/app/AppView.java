package dev.escale.control.app;

import dev.escale.control.language.Messages;
import dev.escale.protocol.AppState;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Note;
import dev.escale.protocol.Overrides;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Apps as REST shows them, in the reader's language. */
@Component
class AppView {
    private static final Set<String> FAILED = Set.of("failed", "rolledBack");

    private final Messages messages;
    private final CodeOfApps code;

    AppView(Messages messages, CodeOfApps code) {
        this.messages = messages;
        this.code = code;
    }

    /**
     * @param state {@code new}, {@code failed} (nothing ever served, and the last deployment
     *     failed), {@code serving}, {@code stopped} or {@code down}
     * @param lastStatus of its newest deployment; null when there was none
     * @param release that serves
     * @param deployment that made it serve
     * @param gitUrl where {@code git push} goes; null for a foreign repository
     */
    record Shown(
            String id,
            String name,
            String slug,
            String server,
            SourceShown source,
            @Nullable String branch,
            Overrides settings,
            String state,
            @Nullable String stateText,
            @Nullable String lastStatus,
            @Nullable String url,
            @Nullable String gitUrl,
            @Nullable Long release,
            @Nullable String deployment,
            Instant createdAt) {}

    record SourceShown(String type, @Nullable String url) {}

    /**
     * @param value null when it is secret
     */
    record VariableShown(@Nullable String value, boolean secret) {}

    record EnvironmentShown(Map<String, VariableShown> variables, @Nullable String deployment) {}

    Shown show(App app, Locale locale) {
        Note note = app.process().note();
        return new Shown(
                app.id().value(),
                app.name(),
                app.slug(),
                app.server().value(),
                source(app.source()),
                app.branch(),
                app.settings(),
                state(app),
                note == null ? null : messages.note(locale, note),
                app.lastStatus(),
                app.url(),
                app.source() instanceof AppSource.Escale ? code.pushUrl(app) : null,
                app.serving().release(),
                app.serving().deployment(),
                app.createdAt());
    }

    static EnvironmentShown show(Map<String, EnvValue> values, @Nullable String deployment) {
        Map<String, VariableShown> variables = new LinkedHashMap<>();
        values.forEach(
                (name, value) ->
                        variables.put(
                                name,
                                new VariableShown(
                                        value.secret() ? null : value.value(), value.secret())));
        return new EnvironmentShown(variables, deployment);
    }

    private static SourceShown source(AppSource source) {
        return switch (source) {
            case AppSource.Escale() -> new SourceShown(source.type(), null);
            case AppSource.Git(String url) -> new SourceShown(source.type(), url);
        };
    }

    private static String state(App app) {
        AppState state = app.process().state();
        if (app.currentRelease().isEmpty()) {
            return FAILED.contains(String.valueOf(app.lastStatus())) ? "failed" : "new";
        }
        return state == null ? "serving" : state.name().toLowerCase(Locale.ROOT);
    }
}
