package dev.escale.control;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where mail is handed over. The connection is always encrypted, by TLS from the start ({@code
 * smtps}) or by STARTTLS, but to a server on this machine.
 *
 * @param tls from the start
 * @param user null: without signing in
 * @param from address of the sender; null: one of ours
 * @param authority PEM file with the certificate that signed the server's; null: those that Java
 *     trusts
 */
public record MailServer(
        boolean tls,
        String host,
        int port,
        @Nullable String user,
        @Nullable SecretText password,
        @Nullable String from,
        @Nullable Path authority) {
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s,;<>\"]+@[^@\\s,;<>\"]+");
    private static final Set<String> OPTIONS = Set.of("from", "ca");
    private static final int SMTP = 587;
    private static final int SMTPS = 465;

    /**
     * @param text such as {@code smtps://user:password@mail.example.com?from=escale@example.com}
     * @throws IllegalArgumentException without the text, which holds a password
     */
    static MailServer parse(String text) {
        URI url = uri(text);
        boolean tls = "smtps".equals(url.getScheme());
        Map<String, String> options = options(url.getRawQuery());
        boolean known =
                (tls || "smtp".equals(url.getScheme()))
                        && url.getHost() != null
                        && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
                        && url.getRawFragment() == null
                        && OPTIONS.containsAll(options.keySet());
        String from = options.get("from");
        if (!known || from != null && !ADDRESS.matcher(from).matches()) {
            throw new IllegalArgumentException("mail server");
        }
        String[] person = url.getRawUserInfo() == null ? null : url.getRawUserInfo().split(":", 2);
        if (person != null && (person.length < 2 || person[0].isEmpty())) {
            throw new IllegalArgumentException("mail server");
        }
        return new MailServer(
                tls,
                url.getHost(),
                url.getPort() < 0 ? (tls ? SMTPS : SMTP) : url.getPort(),
                person == null ? null : decoded(person[0]),
                person == null ? null : new SecretText(decoded(person[1])),
                from,
                authority(options.get("ca")));
    }

    /** Whether it is on this machine, so that nobody is in between. */
    public boolean isHere() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("mail server");
        }
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> options = new HashMap<>();
        for (String option : query == null ? new String[0] : query.split("&")) {
            String[] parts = option.split("=", 2);
            options.put(parts[0], parts.length < 2 ? "" : decoded(parts[1]));
        }
        return options;
    }

    private static @Nullable Path authority(@Nullable String file) {
        if (file == null) {
            return null;
        }
        Path path = Path.of(file).toAbsolutePath();
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new IllegalArgumentException("mail server");
        }
        return path;
    }

    /** A plus is a plus here: addresses have them. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
