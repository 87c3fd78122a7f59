package dev.escale.agent.log;

import dev.escale.agent.command.LogStreams;
import dev.escale.agent.link.Uplink;
import dev.escale.agent.release.AppLogFiles;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The streams that are open, each on a virtual thread of its own. */
public final class AppLogStreams implements LogStreams {
    private static final System.Logger LOG = System.getLogger(AppLogStreams.class.getName());
    private static final int MOST_STREAMS = 50;
    private static final int MOST_BACKLOG = 5000;

    private final Function<String, Optional<AppLogFiles>> files;
    private final Secrets secrets;
    private final Uplink uplink;
    private final InstantSource clock;
    private final ConcurrentMap<String, Thread> streams = new ConcurrentHashMap<>();

    /**
     * @param files of an app
     */
    public AppLogStreams(
            Function<String, Optional<AppLogFiles>> files,
            Secrets secrets,
            Uplink uplink,
            InstantSource clock) {
        this.files = files;
        this.secrets = secrets;
        this.uplink = uplink;
        this.clock = clock;
    }

    @Override
    public Outcome follow(Order.FollowAppLog order) {
        Optional<AppLogFiles> found = files.apply(order.app());
        if (found.isEmpty()) {
            return new Outcome.Failed(Note.of(Notes.APP_UNKNOWN, "app", order.app()));
        }
        if (streams.size() >= MOST_STREAMS) {
            return new Outcome.Failed(Note.of(Notes.AGENT_BUSY));
        }
        var following =
                new Following(
                        order.stream(),
                        found.get(),
                        () -> new Masker(secrets.of(order.app())),
                        uplink,
                        clock);
        int backlog = Math.clamp(order.backlog(), 0, MOST_BACKLOG);
        Thread thread =
                Thread.ofVirtual()
                        .name("log " + order.stream())
                        .unstarted(() -> run(following, order.stream(), backlog));
        Thread before = streams.put(order.stream(), thread);
        if (before != null) {
            before.interrupt();
        }
        thread.start();
        return new Outcome.Done();
    }

    @Override
    public Outcome unfollow(String stream) {
        Thread thread = streams.remove(stream);
        if (thread != null) {
            thread.interrupt();
        }
        return new Outcome.Done();
    }

    private void run(Following following, String stream, int backlog) {
        try {
            following.run(backlog);
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "a log cannot be followed: " + failure);
        } catch (InterruptedException unfollowed) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(stream, Thread.currentThread());
        }
    }
}
