package dev.escale.agent.release;

import dev.escale.agent.secret.Masker;
import dev.escale.protocol.Excerpt;
import dev.escale.protocol.OutputLine;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The last lines that a process printed, read from PM2's log files.
 *
 * @param name PM2's name of the process: releases of one app share the files
 * @param masker of what the process was started with
 */
record Evidence(AppLogFiles files, String name, Masker masker, long began) {
    private static final JsonType<Object> JSON = Jsonb.builder().build().type(Object.class);
    private static final int WINDOW = 64 << 10;
    private static final int LINES = 20;
    private static final int LONGEST = 4096;

    List<OutputLine> lines() {
        var lines = new ArrayList<Said>();
        for (Path file : List.of(files.out(), files.err())) {
            for (String line : tail(file).split("\n")) {
                parse(line, lines);
            }
        }
        lines.sort(Comparator.comparing(Said::at));
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(said -> new OutputLine(Math.max(0, millis(said.at())), "app", said.text()))
                .toList();
    }

    private record Said(String at, String text) {}

    private void parse(String line, List<Said> into) {
        if (!line.startsWith("{")) {
            return;
        }
        try {
            if (JSON.fromJson(line) instanceof Map<?, ?> entry
                    && name.equals(entry.get("app_name"))
                    && entry.get("message") instanceof String message
                    && entry.get("timestamp") instanceof String at
                    && millis(at) >= 0) {
                masker.mask(message)
                        .lines()
                        .forEach(text -> into.add(new Said(at, Excerpt.of(text, LONGEST))));
            }
        } catch (io.avaje.json.JsonException cut) {
            return; // the first line of the window may begin in its middle
        }
    }

    private long millis(String at) {
        return java.time.Instant.parse(at).toEpochMilli() - began;
    }

    private static String tail(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(WINDOW, log.length())];
            log.seek(log.length() - bytes.length);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException rotatedAway) {
            return "";
        }
    }
}
