package dev.escale.control;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the data is: a file of SQLite or a PostgreSQL server. */
public sealed interface DatabaseUrl {

    record Sqlite(Path file) implements DatabaseUrl {}

    record Postgresql(String host, int port, String name, String user, SecretText password)
            implements DatabaseUrl {
        public String jdbc() {
            return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
        }
    }

    /**
     * @param text {@code sqlite:PATH} or {@code postgresql://user:password@host:port/name}
     * @throws IllegalArgumentException when it is neither; the message does not repeat the text,
     *     which may hold a password
     */
    static DatabaseUrl parse(String text) {
        if (text.startsWith("sqlite:") && text.length() > "sqlite:".length()) {
            return new Sqlite(Path.of(text.substring("sqlite:".length())).toAbsolutePath());
        }
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            return postgresql(URI.create(text));
        }
        throw new IllegalArgumentException("neither sqlite: nor postgresql:");
    }

    private static Postgresql postgresql(URI uri) {
        String user = uri.getRawUserInfo();
        String path = uri.getPath();
        if (uri.getHost() == null || user == null || path == null || path.length() < 2) {
            throw new IllegalArgumentException("host, user or database name is missing");
        }
        String[] parts = user.split(":", 2);
        return new Postgresql(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                path.substring(1),
                decode(parts[0]),
                new SecretText(parts.length < 2 ? "" : decode(parts[1])));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
