package dev.escale.control.account;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** The sessions of a person. Their real ids are as good as passwords and are never shown. */
final class Sessions {
    private final FindByIndexNameSessionRepository<? extends Session> repository;

    Sessions(FindByIndexNameSessionRepository<? extends Session> repository) {
        this.repository = repository;
    }

    /**
     * @param id stands for the session, and opens nothing
     * @param address where it began
     */
    record Shown(
            String id,
            Instant createdAt,
            Instant lastUsedAt,
            @Nullable String address,
            @Nullable String browser) {}

    /** Last used first. */
    List<Shown> all(String person) {
        return sessions(person).values().stream()
                .map(Sessions::shown)
                .sorted(Comparator.comparing(Shown::lastUsedAt).reversed())
                .toList();
    }

    Optional<Shown> find(String person, String id) {
        return all(person).stream().filter(shown -> shown.id().equals(id)).findFirst();
    }

    void end(String person, String id) {
        sessions(person).keySet().stream()
                .filter(real -> shownId(real).equals(id))
                .forEach(repository::deleteById);
    }

    private Map<String, ? extends Session> sessions(String person) {
        return repository.findByPrincipalName(person);
    }

    private static Shown shown(Session session) {
        return new Shown(
                shownId(session.getId()),
                session.getCreationTime(),
                session.getLastAccessedTime(),
                session.getAttribute(SessionStart.ADDRESS),
                session.getAttribute(SessionStart.BROWSER));
    }

    static String shownId(String real) {
        return "ses_" + TokenText.hash(real).substring(0, 20);
    }
}
