package dev.escale.control.mail;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * What is to be said, and to whom. The sentences are {@code mail.<kind>.*}.
 *
 * @param subject id of what it is about, such as that of an invitation
 * @param facts of the sentences
 * @param link the one thing to do; a secret
 */
public record Letter(
        String subject,
        String kind,
        String recipient,
        Locale language,
        Map<String, String> facts,
        URI link) {
    public Letter {
        facts = Map.copyOf(facts);
    }

    @Override
    public String toString() {
        return "Letter[" + subject + ", " + kind + ", •••]";
    }
}
