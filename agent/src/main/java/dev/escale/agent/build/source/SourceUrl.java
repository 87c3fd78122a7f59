package dev.escale.agent.build.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that may be fetched from.
 *
 * @param address as git gets it, without a password
 * @param login {@code user:password} that stood in an https address
 */
record SourceUrl(String address, String host, @Nullable String login) {
    private static final Pattern SHORT_SSH =
            Pattern.compile("([A-Za-z0-9_.-]+)@([A-Za-z0-9.-]+):(?!/)([^\\s:]+)");
    private static final Set<String> SCHEMES = Set.of("https", "ssh", "git");

    /**
     * @param filesAllowed whether {@code file} is
     */
    static SourceUrl of(String text, boolean filesAllowed) throws BuildFailed {
        var shortSsh = SHORT_SSH.matcher(text);
        if (shortSsh.matches()) {
            return new SourceUrl(
                    "ssh://%s@%s/%s"
                            .formatted(shortSsh.group(1), shortSsh.group(2), shortSsh.group(3)),
                    shortSsh.group(2),
                    null);
        }
        try {
            return of(new URI(text), filesAllowed);
        } catch (URISyntaxException malformed) {
            throw refused(text);
        }
    }

    private static SourceUrl of(URI uri, boolean filesAllowed) throws BuildFailed {
        String scheme = uri.getScheme();
        if ("file".equals(scheme) && filesAllowed && uri.getRawAuthority() == null) {
            return new SourceUrl("file://" + uri.getPath(), "localhost", null);
        }
        if (scheme == null || !SCHEMES.contains(scheme) || uri.getHost() == null) {
            throw refused(uri.toString());
        }
        String login = uri.getRawUserInfo();
        boolean secret = login != null && scheme.equals("https");
        String who = login == null || secret ? "" : login.split(":", 2)[0] + "@";
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new SourceUrl(
                scheme + "://" + who + uri.getHost() + port + path(uri),
                uri.getHost(),
                secret && login != null ? URLDecoder.decode(login, UTF_8) : null);
    }

    private static String path(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static BuildFailed refused(String text) {
        String shown = text.replaceAll("//[^/@]*@", "//").replaceAll("\\p{Cntrl}", "�");
        return new BuildFailed(Note.of(Notes.SOURCE_URL_REFUSED, "url", shown), List.of());
    }

    @Override
    public String toString() {
        return address;
    }
}
