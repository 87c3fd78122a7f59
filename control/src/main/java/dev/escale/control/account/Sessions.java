package dev.escale.control.account;

import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/**
 * The sessions of a person, as they are stored: without their real ids, which are as good as
 * passwords.
 */
final class Sessions {
    /** Session attribute: the id that stands for it, and stays when it gets another real one. */
    static final String SHOWN = "escale.shown";

    private static final int ENOUGH = 2;

    private final FindByIndexNameSessionRepository<? extends Session> repository;

    private final SessionAge age;

    Sessions(FindByIndexNameSessionRepository<? extends Session> repository, SessionAge age) {
        this.repository = repository;
        this.age = age;
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
                .filter(session -> !age.isOver(session))
                .map(Sessions::shown)
                .sorted(Comparator.comparing(Shown::lastUsedAt).reversed())
                .toList();
    }

    Optional<Shown> find(String person, String id) {
        return all(person).stream().filter(shown -> shown.id().equals(id)).findFirst();
    }

    void end(String person, String id) {
        endWhere(person, shown -> shown.equals(id));
    }

    /**
     * Ends all of them but one.
     *
     * @param kept as shown; null to end all
     */
    void endAll(String person, @Nullable String kept) {
        endWhere(person, shown -> !shown.equals(kept));
    }

    /** How a browser's own session is shown; empty when nobody is signed in there. */
    static String own(HttpSession session) {
        return session.getAttribute(SHOWN) instanceof String shown ? shown : "";
    }

    /** Again, because one may get another real id meanwhile. */
    private void endWhere(String person, Predicate<String> which) {
        for (int time = 0; time < ENOUGH; time++) {
            sessions(person)
                    .forEach(
                            (stored, session) -> {
                                if (which.test(shownId(session))) {
                                    repository.deleteById(stored);
                                }
                            });
        }
    }

    private Map<String, ? extends Session> sessions(String person) {
        return repository.findByPrincipalName(person);
    }

    private static Shown shown(Session session) {
        return new Shown(
                shownId(session),
                session.getCreationTime(),
                session.getLastAccessedTime(),
                session.getAttribute(SessionStart.ADDRESS),
                session.getAttribute(SessionStart.BROWSER));
    }

    private static String shownId(Session session) {
        return session.getAttributeOrDefault(SHOWN, "");
    }
}
