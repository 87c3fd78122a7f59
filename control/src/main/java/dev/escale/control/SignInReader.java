package dev.escale.control;

import dev.escale.control.SignInSettings.Application;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who may sign people in: {@code ESCALE_GITHUB_…}, {@code ESCALE_GITLAB_…}. */
final class SignInReader {
    private static final URI GITHUB = URI.create("https://github.com");
    private static final URI GITHUB_API = URI.create("https://api.github.com");
    private static final URI GITLAB = URI.create("https://gitlab.com");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String ADDRESS =
            "an address such as https://git.example.com, with https unless it is of this machine";

    private SignInReader() {}

    static SignInSettings read(Settings settings) {
        return new SignInSettings(github(settings), gitlab(settings), signUp(settings));
    }

    private static @Nullable Application github(Settings settings) {
        URI given = address(settings, "ESCALE_GITHUB_URL");
        URI api = address(settings, "ESCALE_GITHUB_API_URL");
        URI url = given == null ? GITHUB : given;
        return application(settings, "ESCALE_GITHUB", url, api == null ? api(url) : api);
    }

    /** GitHub Enterprise has its API below its pages. */
    private static URI api(URI url) {
        return url.equals(GITHUB) ? GITHUB_API : URI.create(url + "/api/v3");
    }

    private static @Nullable Application gitlab(Settings settings) {
        URI given = address(settings, "ESCALE_GITLAB_URL");
        URI url = given == null ? GITLAB : given;
        return application(settings, "ESCALE_GITLAB", url, url);
    }

    private static @Nullable Application application(
            Settings settings, String name, URI url, URI apiUrl) {
        String id = settings.get(name + "_CLIENT_ID");
        String secret = settings.get(name + "_CLIENT_SECRET");
        if ((id == null) != (secret == null)) {
            settings.fault(
                    "%s_CLIENT_ID and %s_CLIENT_SECRET must be set together."
                            .formatted(name, name));
        }
        if (id == null && secret == null) {
            Stream.of(name + "_URL", name + "_API_URL")
                    .filter(each -> settings.get(each) != null)
                    .forEach(
                            each ->
                                    settings.fault(
                                            "%s is set, but %s_CLIENT_ID is not."
                                                    .formatted(each, name)));
        }
        return id == null || secret == null
                ? null
                : new Application(url, apiUrl, id, new SecretText(secret));
    }

    private static @Nullable URI address(Settings settings, String name) {
        return settings.parse(name, ADDRESS, SignInReader::address);
    }

    private static URI address(String text) {
        URI url = URI.create(text.replaceFirst("/+$", ""));
        boolean safe =
                "https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost()));
        boolean plain =
                url.getHost() != null
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null
                        && url.getRawUserInfo() == null;
        if (!safe || !plain) {
            throw new IllegalArgumentException(text);
        }
        return url;
    }

    private static boolean signUp(Settings settings) {
        Boolean given = settings.parse("ESCALE_SIGN_UP", "on or off", SignInReader::isOn);
        return given != null && given;
    }

    private static boolean isOn(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
