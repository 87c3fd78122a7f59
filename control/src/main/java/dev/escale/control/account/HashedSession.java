package dev.escale.control.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/**
 * A session under its real id, over the stored one that is named by a hash of it.
 *
 * @param <S> how sessions are stored
 */
final class HashedSession<S extends Session> implements Session {
    private final S stored;
    private final SessionAge age;
    private String id;
    private boolean changed;

    HashedSession(String id, S stored, SessionAge age) {
        this.id = id;
        this.stored = stored;
        this.age = age;
    }

    S stored() {
        return stored;
    }

    /** By more than having been used. */
    boolean changed() {
        return changed;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String changeSessionId() {
        changed = true;
        id = SessionIds.successor(id);
        SessionIds.storing(id, stored::changeSessionId);
        return id;
    }

    @Override
    public <T> @Nullable T getAttribute(String name) {
        return stored.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return stored.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, Object value) {
        changed = true;
        stored.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        changed = true;
        stored.removeAttribute(name);
    }

    @Override
    public Instant getCreationTime() {
        return stored.getCreationTime();
    }

    /**
     * Spring says when by the machine's clock; what counts is ours. Noted once a minute, so that
     * looking costs no write.
     */
    @Override
    public void setLastAccessedTime(Instant time) {
        Instant now = age.now();
        if (stored.getLastAccessedTime().plus(SessionAge.NOTED).isBefore(now)) {
            stored.setLastAccessedTime(now);
        }
    }

    @Override
    public Instant getLastAccessedTime() {
        return stored.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        stored.setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return stored.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
        return age.isOver(stored);
    }
}
