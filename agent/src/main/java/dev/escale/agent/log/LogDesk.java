package dev.escale.agent.log;

import dev.escale.agent.command.LogStreams;
import dev.escale.agent.link.Uplink;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.log.LogQuery;
import dev.escale.protocol.log.LogSource;
import dev.escale.protocol.log.QueryRefused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The streams and searches that are open, each on a virtual thread of its own. */
public final class LogDesk implements LogStreams {
    private static final System.Logger LOG = System.getLogger(LogDesk.class.getName());
    private static final int MOST_STREAMS = 50;
    private static final int MOST_BACKLOG = 5_000;
    private static final int MOST_FOUND = 5_000;
    private static final int MOST_SECONDS = 60;

    private final LogSources sources;
    private final Uplink uplink;
    private final ConcurrentMap<String, Open> streams = new ConcurrentHashMap<>();

    /** Each order has a thread of its own, so the end of a stream may overtake its beginning. */
    private final Set<String> closedEarly =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                            return size() > MOST_STREAMS;
                        }
                    });

    public LogDesk(LogSources sources, Uplink uplink) {
        this.sources = sources;
        this.uplink = uplink;
    }

    private record Open(Thread thread, Credit credit) {}

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public Outcome open(Order.OpenLog order) {
        try {
            List<LogFile> files = files(order.sources());
            LogQuery query = LogQuery.parse(order.query());
            var credit = new Credit();
            credit.give(order.credit());
            var live = new LiveLog(order.stream(), files, query, credit, uplink);
            int backlog = Math.clamp(order.backlog(), 0, MOST_BACKLOG);
            return begin(order.stream(), credit, () -> live.run(order.place(), backlog));
        } catch (QueryRefused refused) {
            return refused(refused);
        } catch (NoSuchSource none) {
            return new Outcome.Failed(none.note);
        }
    }

    @Override
    public Outcome search(Order.SearchLog order) {
        try {
            List<LogFile> files = files(order.sources());
            LogQuery query = LogQuery.parse(order.query());
            return begin(order.stream(), new Credit(), () -> search(order, files, query));
        } catch (QueryRefused refused) {
            return refused(refused);
        } catch (NoSuchSource none) {
            return new Outcome.Failed(none.note);
        }
    }

    @Override
    public synchronized Outcome close(String stream) {
        Open open = streams.remove(stream);
        if (open == null) {
            closedEarly.add(stream);
        } else {
            open.thread().interrupt();
        }
        return new Outcome.Done();
    }

    @Override
    public void credit(String stream, int lines) {
        Open open = streams.get(stream);
        if (open != null) {
            open.credit().give(lines);
        }
    }

    private void search(Order.SearchLog order, List<LogFile> files, LogQuery query)
            throws IOException, InterruptedException {
        var sending = new Sending(uplink);
        long end =
                System.nanoTime() + Math.clamp(order.seconds(), 1, MOST_SECONDS) * 1_000_000_000L;
        Map<String, String> place = order.place() == null ? Map.of() : order.place();
        int limit = Math.clamp(order.limit(), 1, MOST_FOUND);
        var search = new LogSearch(query, order.since(), order.until());
        LogSearch.Found found =
                search.backwards(
                        files,
                        place,
                        limit,
                        () ->
                                System.nanoTime() > end
                                        || Thread.currentThread().isInterrupted()
                                        || !sending.connected());
        for (int from = 0; from < found.lines().size(); ) {
            int to = Sending.batch(found.lines(), from, limit);
            sending.send(
                    new FromAgent.LogLines(
                            order.stream(),
                            List.copyOf(found.lines().subList(from, to)),
                            List.of(),
                            Map.of()));
            from = to;
        }
        boolean late = System.nanoTime() > end && found.lines().size() < limit;
        sending.send(
                new FromAgent.LogEnd(
                        order.stream(),
                        found.more(),
                        found.place(),
                        found.scanned(),
                        late ? Note.of(Notes.SEARCH_TIME) : null));
    }

    private synchronized Outcome begin(String stream, Credit credit, Work work) {
        if (closedEarly.remove(stream)) {
            return new Outcome.Done();
        }
        if (streams.size() >= MOST_STREAMS) {
            return new Outcome.Failed(Note.of(Notes.AGENT_BUSY));
        }
        Thread thread = Thread.ofVirtual().name("log " + stream).unstarted(() -> run(stream, work));
        Open before = streams.put(stream, new Open(thread, credit));
        if (before != null) {
            before.thread().interrupt();
        }
        thread.start();
        return new Outcome.Done();
    }

    private void run(String stream, Work work) {
        try {
            work.run();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "a log cannot be read: " + failure);
            var why = Note.of(Notes.HOST_FAILED, "reason", String.valueOf(failure.getMessage()));
            uplink.answer(new FromAgent.LogEnd(stream, false, Map.of(), 0, why));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            streams.computeIfPresent(
                    stream,
                    (_, open) -> open.thread().equals(Thread.currentThread()) ? null : open);
        }
    }

    private List<LogFile> files(List<LogSource> wanted) {
        List<LogFile> files = new ArrayList<>();
        for (LogSource source : wanted) {
            List<LogFile> of = sources.of(source);
            if (of.isEmpty()) {
                throw new NoSuchSource(Note.of(Notes.APP_UNKNOWN, "app", source.id()));
            }
            files.addAll(of);
        }
        return files;
    }

    private static Outcome refused(QueryRefused refused) {
        return new Outcome.Failed(
                Note.of(Notes.QUERY_REFUSED, "code", refused.code(), "part", refused.part()));
    }

    private static final class NoSuchSource extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Note note;

        NoSuchSource(Note note) {
            super(note.code());
            this.note = note;
        }
    }
}
