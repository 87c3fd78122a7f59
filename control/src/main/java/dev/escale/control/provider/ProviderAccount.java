package dev.escale.control.provider;

import java.util.List;
import java.util.Optional;

/**
 * An account at a provider, as the provider tells it.
 *
 * @param subject never changes and is never given to somebody else there, unlike the login
 * @param verifiedEmails addresses that the provider has made sure of, the main one first
 */
public record ProviderAccount(
        String subject, String login, String name, List<String> verifiedEmails) {
    private static final int LONGEST_SUBJECT = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_EMAIL = 320;

    public ProviderAccount {
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw new ProviderException(ProviderException.Kind.NONSENSE, "an account without id");
        }
        login = line(login, subject);
        name = line(name, login);
        verifiedEmails =
                verifiedEmails.stream()
                        .filter(email -> email.contains("@") && email.length() <= LONGEST_EMAIL)
                        .toList();
    }

    public Optional<String> email() {
        return verifiedEmails.stream().findFirst();
    }

    public boolean has(String email) {
        return verifiedEmails.stream().anyMatch(email::equalsIgnoreCase);
    }

    /** What people may call themselves here: one line, and not too long. */
    private static String line(String text, String otherwise) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        if (clean.isEmpty()) {
            return otherwise;
        }
        return clean.length() <= LONGEST_NAME
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_NAME / 2));
    }
}
