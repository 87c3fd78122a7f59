package dev.escale.control.account;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Stores sessions under a hash of their ids: the database, or a copy of it, lets nobody in. One
 * that is over is not found, by whichever door it is asked for.
 *
 * @param <S> how sessions are stored; its ids come from {@link SessionIds#STORED}
 */
final class HashedSessions<S extends Session> implements SessionRepository<HashedSession<S>> {
    private final SessionRepository<S> repository;
    private final SessionAge age;

    private HashedSessions(SessionRepository<S> repository, SessionAge age) {
        this.repository = repository;
        this.age = age;
    }

    static <S extends Session> HashedSessions<S> over(
            SessionRepository<S> repository, SessionAge age) {
        return new HashedSessions<>(repository, age);
    }

    @Override
    public HashedSession<S> createSession() {
        String id = SessionIds.fresh();
        S made = SessionIds.storing(id, repository::createSession);
        made.setLastAccessedTime(age.now());
        return new HashedSession<>(id, made, age);
    }

    @Override
    public void save(HashedSession<S> session) {
        repository.save(session.stored());
    }

    @Override
    public @Nullable HashedSession<S> findById(String id) {
        String stored = SessionIds.stored(id);
        S found = repository.findById(stored);
        if (found != null && age.isOver(found)) {
            repository.deleteById(stored);
            return null;
        }
        return found == null ? null : new HashedSession<>(id, found, age);
    }

    @Override
    public void deleteById(String id) {
        repository.deleteById(SessionIds.stored(id));
    }
}
