package dev.escale.control.agentlink;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.Outage;
import dev.escale.control.db.Round;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.socket.CloseStatus;

/**
 * Every 10 s: pings every agent, cuts those that missed two, and looks after what waits. A link
 * that dies without a word is so noticed within 30 s, one that closes at once.
 */
final class Heartbeat implements SmartLifecycle {
    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int MISSED = 2;
    private static final Duration ABANDONED = INTERVAL.multipliedBy(4);
    private static final Duration DONE_COMMANDS_KEPT = Duration.ofDays(30);

    private final Links links;
    private final AgentDoor door;
    private final LinkStates states;
    private final LinkedServers servers;
    private final Chores chores;
    private final Outage outage = new Outage(LOG, "a heartbeat");
    private @Nullable ScheduledExecutorService timer;

    /** What else is done in time. */
    record Chores(
            TeamLookup teams,
            Endings endings,
            ParkedReports parked,
            SigningKeys keys,
            AuditTrail audit,
            Database database,
            Clock clock) {

        /** Told to every team, whose agents obeyed it. */
        void retire(String key) {
            for (TeamId team : teams.all()) {
                audit.record(
                        AuditTrail.Line.event(
                                Ids.random("op"),
                                Actor.system(team),
                                "signingKey.retire",
                                Target.of("signingKey", key, ""),
                                "done",
                                Map.of()));
            }
            keys.retire(key);
        }

        void forTeam(TeamId team) {
            endings.endExpired(team);
            parked.retry(team);
        }

        void forgetOldCommands(TeamId team) {
            Instant before = clock.instant().minus(DONE_COMMANDS_KEPT);
            database.write(team, tx -> CommandsLeft.forgetDone(tx, team, before));
        }
    }

    Heartbeat(
            Links links, AgentDoor door, LinkStates states, LinkedServers servers, Chores chores) {
        this.links = links;
        this.door = door;
        this.states = states;
        this.servers = servers;
        this.chores = chores;
    }

    /** One beat. */
    void beat() {
        door.closeLate();
        List<Link> alive = links.all().stream().filter(this::isAlive).toList();
        alive.forEach(link -> link.socket().ping());
        noteHeard(alive);
        links.ringAll();
        Instant heardBefore = chores.clock().instant().minus(ABANDONED);
        Round.over(
                chores.teams().all(),
                LOG,
                "a team's heartbeat",
                team -> {
                    states.abandoned(team, heardBefore);
                    chores.forTeam(team);
                });
    }

    /** Every hour. */
    void tidy() {
        Round.over(chores.teams().all(), LOG, "forgetting old commands", chores::forgetOldCommands);
        List<String> keys = chores.keys().ids();
        for (String old : keys.subList(1, keys.size())) {
            if (chores.teams().all().stream().noneMatch(team -> servers.dependsOn(team, old))) {
                LOG.info("signing key {} retired, every server knows a newer one", old);
                chores.retire(old);
            }
        }
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("agent-heartbeat").factory());
        every(started, INTERVAL, this::beat);
        every(started, Duration.ofHours(1), this::tidy);
        timer = started;
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService running = timer;
        timer = null;
        if (running != null) {
            running.shutdownNow();
        }
        for (Link link : links.all()) {
            link.socket().close(CloseStatus.GOING_AWAY.getCode(), "the control plane ends");
            states.down(link);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    private boolean isAlive(Link link) {
        boolean alive = link.socket().silences() < MISSED;
        if (!alive) {
            LOG.info("server={} missed {} pings, cutting its link", link.server(), MISSED);
            link.socket().cut();
            states.down(link);
        }
        return alive;
    }

    private void noteHeard(List<Link> alive) {
        Map<TeamId, List<ServerId>> byTeam =
                alive.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Link::team,
                                        Collectors.mapping(Link::server, Collectors.toList())));
        byTeam.forEach((team, heard) -> servers.heard(team, heard, chores.clock().instant()));
    }

    private void every(ScheduledExecutorService timer, Duration pause, Runnable work) {
        timer.scheduleWithFixedDelay(
                () -> guarded(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A timer forgets work that throws; the next beat may find the database well again. */
    private void guarded(Runnable work) {
        try {
            work.run();
            outage.over();
        } catch (RuntimeException failure) {
            outage.met(failure);
        }
    }
}
