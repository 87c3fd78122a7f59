package dev.escale.agent.command;

import io.avaje.jsonb.Json;
import java.time.Instant;

/**
 * How far the output of a running deployment is reported, on disk, so that its numbering goes on
 * after a restart of the agent.
 *
 * @param startedAt when it began on the agent
 * @param nextLine number of the line that comes next, from 1
 * @param bytes of output so far
 * @param limit of bytes
 * @param left lines left out since the limit was reached
 * @param leftBytes their size
 */
@Json
public record Course(
        String deployment,
        String app,
        Instant startedAt,
        long nextLine,
        long bytes,
        long limit,
        long left,
        long leftBytes) {

    static Course begin(String deployment, String app, Instant now, long limit) {
        return new Course(deployment, app, now, 1, 0, limit, 0, 0);
    }

    Course at(long next) {
        return new Course(deployment, app, startedAt, next, bytes, limit, left, leftBytes);
    }

    Course taking(int size) {
        return new Course(
                deployment, app, startedAt, nextLine, bytes + size, limit, left, leftBytes);
    }

    Course leaving(int size) {
        return new Course(
                deployment, app, startedAt, nextLine, bytes, limit, left + 1, leftBytes + size);
    }
}
