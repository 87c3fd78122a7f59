package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.event.Event;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LivePart;
import dev.escale.protocol.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.springframework.stereotype.Component;

/** What pages of servers show, and the parts of them that follow what happens. */
@Component
class ServerParts {
    private static final Duration DAY = Duration.ofDays(1);

    private final ServerTargets targets;
    private final ServerMetrics metrics;
    private final HostedApps apps;
    private final Views views;

    ServerParts(ServerTargets targets, ServerMetrics metrics, HostedApps apps, Views views) {
        this.targets = targets;
        this.metrics = metrics;
        this.apps = apps;
        this.views = views;
    }

    List<ServerRow> rows(Page page) {
        Map<ServerId, Integer> counts = apps.counts(page.reader().actor());
        return targets.all(page.reader().actor()).stream()
                .map(
                        server ->
                                new ServerRow(
                                        new ServerFace(server),
                                        counts.getOrDefault(server.id(), 0),
                                        metrics.latest(server.id())))
                .toList();
    }

    ServerOverview overview(Page page, Server server) {
        Instant now = page.clock().instant();
        List<Metrics> day = metrics.since(server.team(), server.id(), now.minus(DAY));
        return new ServerOverview(
                new ServerFace(server),
                metrics.latest(server.id()),
                ServerCharts.of(day, now, DAY),
                apps.on(page.reader().actor(), server.id()));
    }

    /** The badge on the page with the install command, and the way on when it turns green. */
    LivePart arrival() {
        return ofServer(
                "server.arrival",
                false,
                (page, server) ->
                        views.part(page, "server/arrival", "face", new ServerFace(server)));
    }

    LivePart head() {
        return ofServer(
                "server.head",
                false,
                (page, server) -> views.part(page, "server/head", "face", new ServerFace(server)));
    }

    LivePart badge() {
        return ofServer(
                "server.badge",
                false,
                (page, server) -> views.part(page, "server/badge", "face", new ServerFace(server)));
    }

    LivePart facts() {
        return ofServer(
                "server.facts",
                false,
                (page, server) ->
                        views.part(
                                page,
                                "server/facts",
                                "face",
                                new ServerFace(server),
                                "apps",
                                apps.on(page.reader().actor(), server.id())));
    }

    LivePart vitals() {
        return ofServer(
                "server.vitals",
                true,
                (page, server) ->
                        views.part(
                                page,
                                "server/vitals",
                                "face",
                                new ServerFace(server),
                                "latest",
                                metrics.latest(server.id())));
    }

    LivePart apps() {
        return part(
                "server.apps",
                (subject, event) -> event.topic().equals("apps"),
                (page, server) ->
                        views.part(
                                page,
                                "server/apps",
                                "face",
                                new ServerFace(server),
                                "apps",
                                apps.on(page.reader().actor(), server.id())));
    }

    LivePart list() {
        return new LivePart() {
            @Override
            public String name() {
                return "server.list";
            }

            @Override
            public boolean follows(String subject, Event event) {
                return event.topic().equals("servers") || event.topic().equals("apps");
            }

            @Override
            public Optional<Drawing> draw(Page page, String subject, long after) {
                return Optional.of(
                        Drawing.morph(views.part(page, "server/rows", "rows", rows(page))));
            }
        };
    }

    private LivePart ofServer(
            String name, boolean measured, BiFunction<Page, Server, String> drawing) {
        return part(
                name,
                (subject, event) ->
                        event.topic().equals("server:" + subject)
                                && (measured || !event.kind().equals("metrics")),
                drawing);
    }

    private LivePart part(
            String name,
            BiPredicate<String, Event> follows,
            BiFunction<Page, Server, String> drawing) {
        return new LivePart() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean follows(String subject, Event event) {
                return follows.test(subject, event);
            }

            @Override
            public Optional<Drawing> draw(Page page, String subject, long after) {
                if (subject.isBlank()) {
                    return Optional.empty();
                }
                return targets.find(page.reader().actor(), new ServerId(subject))
                        .map(server -> Drawing.morph(drawing.apply(page, server)));
            }
        };
    }
}
