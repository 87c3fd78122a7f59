package dev.escale.agent.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.EnvValue;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replaces the values of secrets in a line of text: as they are, in Base64, and as part of a URL or
 * of JSON; and whatever has the shape of a credential. Values under 4 characters would mask half of
 * all words and stay.
 */
public final class Masker {
    static final String MASK = "•••";
    private static final int SHORTEST = 4;

    private final List<String> secrets;

    /** A value of several lines, such as a key, is masked line by line too. */
    public Masker(Collection<String> values) {
        this.secrets =
                values.stream()
                        .flatMap(
                                value ->
                                        Stream.concat(
                                                Stream.of(value), value.lines().map(String::strip)))
                        .filter(value -> value.strip().length() >= SHORTEST)
                        .distinct()
                        .flatMap(Masker::forms)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /** Masks what an app's environment calls secret. */
    public static Masker of(Map<String, EnvValue> environment) {
        return new Masker(
                environment.values().stream()
                        .filter(EnvValue::secret)
                        .map(EnvValue::value)
                        .toList());
    }

    public String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            if (masked.contains(secret)) {
                masked = masked.replace(secret, MASK);
            }
        }
        return Shapes.mask(masked);
    }

    /** Masks what could be the beginning of a secret at the text's end: the rest may come later. */
    public String maskEnd(String text) {
        for (String secret : secrets) {
            for (int length = longest(secret, text); length >= SHORTEST; length--) {
                if (text.endsWith(secret.substring(0, length))) {
                    return text.substring(0, text.length() - length) + MASK;
                }
            }
        }
        return text;
    }

    /** Masks what could be the end of a secret at the text's beginning. */
    public String maskBegin(String text) {
        for (String secret : secrets) {
            for (int length = longest(secret, text); length >= SHORTEST; length--) {
                if (text.startsWith(secret.substring(secret.length() - length))) {
                    return MASK + text.substring(length);
                }
            }
        }
        return text;
    }

    private static int longest(String secret, String text) {
        return Math.min(secret.length() - 1, text.length());
    }

    private static Stream<String> forms(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        String url = URLEncoder.encode(value, UTF_8);
        return Stream.of(
                value,
                value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"),
                url,
                url.replace("+", "%20"),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "Masker[" + MASK + "]";
    }
}
