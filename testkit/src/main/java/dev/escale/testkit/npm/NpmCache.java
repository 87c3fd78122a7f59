package dev.escale.testkit.npm;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads npm's cache folder (cacache, index version 5): an index file holds lines of {@code checksum
 * TAB json}, the last one of a key counts, and the content lies under its hash.
 */
final class NpmCache {
    private static final String KEY = "make-fetch-happen:request-cache:https://";
    private static final Jsonb JSON = Jsonb.builder().build();

    private final Map<String, Path> contents = new HashMap<>();

    NpmCache(Path folder) {
        try (Stream<Path> files = Files.walk(folder.resolve("_cacache/index-v5"))) {
            files.filter(Files::isRegularFile).forEach(file -> index(folder, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param path of a package or tarball in the registry, such as {@code /pm2}
     */
    Optional<Path> find(String path) {
        return Optional.ofNullable(contents.get(path));
    }

    private void index(Path folder, Path file) {
        try {
            for (String line : Files.readAllLines(file)) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    index(folder, JSON.type(Object.class).fromJson(line.substring(tab + 1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void index(Path folder, Object line) {
        if (line instanceof Map<?, ?> entry
                && entry.get("key") instanceof String key
                && entry.get("integrity") instanceof String integrity
                && key.startsWith(KEY)) {
            contents.put(
                    decoded(key.substring(key.indexOf('/', KEY.length()))),
                    content(folder, integrity));
        }
    }

    /** Scoped names come as {@code @scope%2fname}. */
    static String decoded(String path) {
        return java.net.URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Path content(Path folder, String integrity) {
        String first = integrity.split(" ", 2)[0];
        int dash = first.indexOf('-');
        String hex =
                HexFormat.of().formatHex(Base64.getDecoder().decode(first.substring(dash + 1)));
        return folder.resolve("_cacache/content-v2")
                .resolve(first.substring(0, dash))
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex.substring(4));
    }
}
