package dev.escale.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a repository that a server may fetch from: https, ssh, git, or the short form
 * {@code user@host:path} of ssh. The control plane refuses any other where it is typed in, the
 * agent where it is used. Never http, never a file or program of the server.
 *
 * @param address as git gets it, without a password
 * @param login {@code user:password} that stood in an https address
 */
public record GitUrl(String address, String host, @Nullable String login) {
    public static final int LONGEST = 2000;

    private static final Pattern SHORT_SSH =
            Pattern.compile("([A-Za-z0-9_.-]+)@([A-Za-z0-9.-]+):(?!/)([^\\s\\p{Cntrl}:]+)");
    private static final Set<String> SCHEMES = Set.of("https", "ssh", "git");

    /**
     * @return empty when it is no such address
     */
    public static Optional<GitUrl> of(String text) {
        if (text.length() > LONGEST || text.startsWith("-")) {
            return Optional.empty();
        }
        var shortSsh = SHORT_SSH.matcher(text);
        if (shortSsh.matches()) {
            String address =
                    "ssh://%s@%s/%s"
                            .formatted(shortSsh.group(1), shortSsh.group(2), shortSsh.group(3));
            return Optional.of(new GitUrl(address, shortSsh.group(2), null));
        }
        try {
            return of(new URI(text));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** Nothing can be fetched this way yet: it takes a key, and the server's own are not for it. */
    public boolean ssh() {
        return address.startsWith("ssh:");
    }

    private static Optional<GitUrl> of(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme) || uri.getHost() == null) {
            return Optional.empty();
        }
        String login = uri.getRawUserInfo();
        boolean secret = login != null && scheme.equals("https");
        String who = login == null || secret ? "" : login.split(":", 2)[0] + "@";
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return Optional.of(
                new GitUrl(
                        scheme + "://" + who + uri.getHost() + port + path(uri),
                        uri.getHost(),
                        secret && login != null ? URLDecoder.decode(login, UTF_8) : null));
    }

    private static String path(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    @Override
    public String toString() {
        return address;
    }
}
