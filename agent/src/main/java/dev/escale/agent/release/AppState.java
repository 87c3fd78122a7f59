package dev.escale.agent.release;

import dev.escale.agent.pm2.Pm2Process;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.EnvValue;
import io.avaje.jsonb.Json;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What we know of an app, {@code app.json}. All that PM2 and Nginx do for it can be made anew from
 * here and {@code releases/}.
 *
 * @param serving null before the first switch
 * @param stopped whether a person stopped it
 * @param env of what serves
 */
@Json
record AppState(
        AppSpec spec,
        Slot a,
        Slot b,
        @Nullable Instance serving,
        boolean stopped,
        Map<String, EnvValue> env,
        @Nullable Attempt attempt) {
    AppState {
        env = Map.copyOf(env);
    }

    /** Whether a process of it should run. */
    boolean runs() {
        return serving != null && serving.hasProcess() && !stopped;
    }

    /** Whether this is the process that should run. */
    boolean servesFrom(Pm2Process process) {
        return serving != null
                && runs()
                && process.app().equals(spec.id())
                && process.port() == slot(serving.place()).given();
    }

    /** Where it listens, has listened or will. */
    Set<Integer> ports() {
        return Stream.of(a.given(), a.port(), b.given(), b.port())
                .collect(Collectors.toUnmodifiableSet());
    }

    Slot slot(Instance.Place place) {
        return place == Instance.Place.B ? b : a;
    }

    AppState with(Instance.Place place, Slot slot) {
        return new AppState(
                spec,
                place == Instance.Place.A ? slot : a,
                place == Instance.Place.B ? slot : b,
                serving,
                stopped,
                env,
                attempt);
    }

    AppState with(@Nullable Attempt now) {
        return new AppState(spec, a, b, serving, stopped, env, now);
    }

    AppState with(AppSpec now) {
        return new AppState(now, a, b, serving, stopped, env, attempt);
    }

    AppState stopped(boolean now) {
        return new AppState(spec, a, b, serving, now, env, attempt);
    }

    AppState serving(@Nullable Instance now, Map<String, EnvValue> with) {
        return new AppState(spec, a, b, now, false, with, attempt);
    }
}
