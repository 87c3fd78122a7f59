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

    HashedSession(String id, S stored, SessionAge age) {
        this.id = id;
        this.stored = stored;
        this.age = age;
    }

    S stored() {
        return stored;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String changeSessionId() {
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
        stored.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        stored.removeAttribute(name);
    }

    @Override
    public Instant getCreationTime() {
        return stored.getCreationTime();
    }

    /** Spring says when by the machine's clock; what counts is ours. */
    @Override
    public void setLastAccessedTime(Instant time) {
        stored.setLastAccessedTime(age.now());
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
