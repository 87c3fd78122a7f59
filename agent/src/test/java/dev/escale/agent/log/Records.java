package dev.escale.agent.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Writes as PM2 does. */
final class Records {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Records() {}

    /**
     * @param message as JSON writes it, without the line's end
     */
    static void print(Path file, int second, String message) throws IOException {
        write(file, second, "shop-1", message + "\\n");
    }

    static void write(Path file, int second, String process, String message) throws IOException {
        Files.writeString(
                file,
                record(second, process, message),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    static String record(int second, String process, String message) {
        return "{\"message\":\"%s\",\"timestamp\":\"%s\",\"type\":\"out\",\"process_id\":0,\"app_name\":\"%s\"}\n"
                .formatted(message, NOON.plusSeconds(second), process);
    }
}
