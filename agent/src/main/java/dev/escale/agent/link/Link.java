package dev.escale.agent.link;

import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import dev.escale.protocol.FromAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to the control plane: dials out, comes back after it was lost, sends what
 * waits in the outbox, and listens on nothing. {@link #run} owns the connection; {@link #offer} may
 * be called from any thread.
 */
public final class Link implements Uplink, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Link.class.getName());
    private static final Duration DEAD = Duration.ofSeconds(25);
    private static final Duration STABLE = Duration.ofMinutes(1);
    private static final Duration BRIEF = Duration.ofSeconds(2);
    private static final long LOOK = 1000;

    private final Pins pins;
    private final ServerKey key;
    private final ControlClock clock;
    private final Outbox outbox;
    private final Supplier<Facts> facts;
    private final String agentVersion;
    private final Backoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection current;
    private volatile long connections;

    public Link(
            Pins pins,
            ServerKey key,
            ControlClock clock,
            Outbox outbox,
            Supplier<Facts> facts,
            String agentVersion) {
        this(pins, key, clock, outbox, facts, agentVersion, RandomGenerator.getDefault());
    }

    Link(
            Pins pins,
            ServerKey key,
            ControlClock clock,
            Outbox outbox,
            Supplier<Facts> facts,
            String agentVersion,
            RandomGenerator random) {
        this.pins = pins;
        this.key = key;
        this.clock = clock;
        this.outbox = outbox;
        this.facts = facts;
        this.agentVersion = agentVersion;
        this.backoff = new Backoff(random);
    }

    /** Connects, again and again, until {@link #close}. */
    public void run(Inbox inbox) throws IOException, InterruptedException {
        Authority authority = Authority.parse(pins.pinned().root());
        while (closed.getCount() > 0) {
            Duration pause = live(authority, inbox);
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    @Override
    public long connection() {
        Connection connection = current;
        return connection != null && connection.open() ? connections : 0;
    }

    @Override
    public void answer(FromAgent message) {
        Connection connection = current;
        if (connection != null && connection.open()) {
            connection.send(Codec.write(FromAgent.class, message));
        }
    }

    @Override
    public boolean offer(FromAgent message) {
        Connection connection = current;
        if (connection == null || !connection.open() || connection.congested()) {
            return false;
        }
        connection.send(Codec.write(FromAgent.class, message));
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
        Connection connection = current;
        if (connection != null) {
            connection.abandon("the agent ends");
        }
    }

    /** One connection from dialling to its end. @return how long to wait before the next */
    private Duration live(Authority authority, Inbox inbox) throws InterruptedException {
        var greeting = new Greeting(pins, key, clock, facts, agentVersion);
        var connection = new Connection(greeting, inbox, outbox);
        connections++;
        current = connection;
        long began = System.nanoTime();
        try {
            connection.dial(authority, address());
            Thread pump = Thread.ofVirtual().name("outbox").start(() -> pump(connection));
            Connection.End end = watch(connection);
            pump.join();
            return pauseAfter(end, Duration.ofNanos(System.nanoTime() - began));
        } catch (Connection.NotWelcome answered) {
            return answered.lasting()
                    ? pauseAfter(new Connection.End.Refused(said(answered)), Duration.ZERO)
                    : pauseAfter(new Connection.End.Lost(said(answered)), Duration.ZERO);
        } catch (IOException unreachable) {
            return pauseAfter(new Connection.End.Lost(said(unreachable)), Duration.ZERO);
        } finally {
            connection.abandon("over");
            current = null;
        }
    }

    private Connection.End watch(Connection connection) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                return connection.end().get(told ? LOOK : 50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillThere) {
                if (!told && connection.open()) {
                    told = true;
                    pins.identity().mark("connected");
                    LOG.log(System.Logger.Level.INFO, "connected to {0}", pins.pinned().url());
                }
                if (connection.silence().compareTo(DEAD) > 0) {
                    connection.abandon("nothing came for " + DEAD.toSeconds() + " s");
                }
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private Duration pauseAfter(Connection.End end, Duration lived) {
        if (lived.compareTo(STABLE) > 0) {
            backoff.reset();
        }
        return switch (end) {
            case Connection.End.Lost(String why) -> {
                Duration pause = backoff.next();
                pins.identity().mark("lost " + why);
                if (closed.getCount() > 0) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "not connected to {0}: {1}; next try in {2} ms",
                            pins.pinned().url(),
                            why,
                            pause.toMillis());
                }
                yield pause;
            }
            case Connection.End.Renew _ ->
                    lived.compareTo(BRIEF) > 0 ? Duration.ofMillis(50) : backoff.next();
            case Connection.End.Refused(String why) -> {
                Duration pause = backoff.afterRefusal();
                pins.identity().mark("refused " + why);
                LOG.log(
                        System.Logger.Level.ERROR,
                        "{0} refuses this server ({1}): was it removed there? Next try in {2} s",
                        pins.pinned().url(),
                        why,
                        pause.toSeconds());
                yield pause;
            }
        };
    }

    /** Sends reports in order, from the first that is not kept; after a reconnect, all again. */
    private void pump(Connection connection) {
        long sent = 0;
        try {
            while (!connection.end().isDone()) {
                Outbox.Waiting next = outbox.next(sent, connection::clear, LOOK);
                if (next != null) {
                    connection.send(next.json());
                    sent = next.number();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, "the outbox cannot be sent", failure);
            connection.abandon("the outbox cannot be sent");
        }
    }

    private String address() {
        return "wss" + pins.pinned().url().substring("https".length()) + "/agent/v1/connect";
    }

    private static String said(IOException failure) {
        return String.valueOf(failure.getMessage());
    }
}
