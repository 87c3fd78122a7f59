package dev.escale.control.server;

import dev.escale.control.agentlink.SampleListener;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.protocol.Metrics;
import dev.escale.protocol.Metrics.AppMetrics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What servers measure: the latest in memory and as an event {@code metrics} at once, an average
 * per minute in the table. Times are ours: an agent's clock may be wrong.
 */
public final class ServerMetrics implements SampleListener {
    private static final int APPS = 500;

    private final MetricSamples samples;
    private final Events events;
    private final Clock clock;
    private final Map<ServerId, Metrics> latest = new ConcurrentHashMap<>();
    private final Map<ServerId, Minute> minutes = new ConcurrentHashMap<>();

    ServerMetrics(MetricSamples samples, Events events, Clock clock) {
        this.samples = samples;
        this.events = events;
        this.clock = clock;
    }

    /** Of the last seconds; empty while the server is away. */
    public Optional<Metrics> latest(ServerId server) {
        return Optional.ofNullable(latest.get(server));
    }

    /** One a minute, oldest first, at most the last day. */
    public List<Metrics> since(TeamId team, ServerId server, Instant from) {
        Instant oldest = clock.instant().minus(MetricSamples.KEPT);
        return samples.since(team, server, from.isBefore(oldest) ? oldest : from);
    }

    @Override
    public void sample(TeamId team, ServerId server, Metrics metrics) {
        Instant now = clock.instant();
        Metrics sound = sound(metrics, now);
        latest.put(server, sound);
        events.publish(new Event(team, "server:" + server, "metrics", sound));
        Minute minute = minutes.computeIfAbsent(server, id -> Minute.of(now));
        if (!minute.holds(now)) {
            store(team, server, minute);
            minute = Minute.of(now);
            minutes.put(server, minute);
        }
        minute.add(sound);
    }

    @Override
    public void silent(TeamId team, ServerId server) {
        latest.remove(server);
        Minute unfinished = minutes.remove(server);
        if (unfinished != null) {
            store(team, server, unfinished);
        }
    }

    private void store(TeamId team, ServerId server, Minute minute) {
        if (!minute.isEmpty()) {
            samples.add(team, server, minute.average());
        }
    }

    private static Metrics sound(Metrics metrics, Instant now) {
        return new Metrics(
                now,
                share(metrics.cpu()),
                finite(metrics.load()),
                metrics.memoryUsed(),
                metrics.memoryTotal(),
                metrics.diskUsed(),
                metrics.diskTotal(),
                metrics.received(),
                metrics.sent(),
                metrics.apps().stream()
                        .filter(app -> app.app().length() <= 40)
                        .limit(APPS)
                        .map(ServerMetrics::sound)
                        .toList());
    }

    private static AppMetrics sound(AppMetrics app) {
        return new AppMetrics(app.app(), finite(app.cpu()), app.memory(), app.restarts());
    }

    private static double share(double value) {
        return Math.clamp(finite(value), 0, 1);
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? Math.max(value, 0) : 0;
    }
}
