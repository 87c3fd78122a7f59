package dev.escale.control.web.stream;

import dev.escale.control.web.Page;

/** Lines that nobody keeps: they come as long as somebody looks. */
public interface LiveFeed {
    /** As in {@code data-part}. */
    String name();

    /**
     * Begins.
     *
     * @param sink takes what comes, and blocks while the reader is slow
     * @return ends it
     */
    Running open(Page page, String subject, Sink sink);

    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    interface Sink {
        /**
         * @throws InterruptedException when the reader has gone
         */
        void put(Drawing drawing) throws InterruptedException;
    }
}
