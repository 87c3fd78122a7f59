package dev.escale.agent.log;

import dev.escale.agent.link.Uplink;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.log.LogLine;
import java.util.List;

/**
 * Over the one connection that a stream was asked for; waits when it is full, and drops nothing.
 */
final class Sending {
    private static final int LINES = 500;
    private static final int CHARACTERS = 100_000;
    private static final long PAUSE = 5;

    private final Uplink uplink;
    private final long connection;

    Sending(Uplink uplink) {
        this.uplink = uplink;
        this.connection = uplink.connection();
    }

    boolean connected() {
        return connection != 0 && uplink.connection() == connection;
    }

    /**
     * @throws InterruptedException also when the connection has ended
     */
    void send(FromAgent message) throws InterruptedException {
        while (connected()) {
            if (uplink.offer(message)) {
                return;
            }
            Thread.sleep(PAUSE);
        }
        throw new InterruptedException("the connection has ended");
    }

    /**
     * How many lines go into one message.
     *
     * @return index behind the last of them
     */
    static int batch(List<LogLine> lines, int from, int most) {
        int to = from;
        int characters = 0;
        while (to < lines.size() && to - from < Math.min(LINES, most) && characters < CHARACTERS) {
            characters += lines.get(to++).text().length();
        }
        return to;
    }
}
