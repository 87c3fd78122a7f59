package dev.escale.control.account;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Stores sessions under a hash of their ids: the database, or a copy of it, lets nobody in.
 *
 * @param <S> how sessions are stored; its ids come from {@link SessionIds#STORED}
 */
final class HashedSessions<S extends Session> implements SessionRepository<HashedSession<S>> {
    private final SessionRepository<S> repository;

    private HashedSessions(SessionRepository<S> repository) {
        this.repository = repository;
    }

    static <S extends Session> HashedSessions<S> over(SessionRepository<S> repository) {
        return new HashedSessions<>(repository);
    }

    @Override
    public HashedSession<S> createSession() {
        String id = SessionIds.fresh();
        return new HashedSession<>(id, SessionIds.storing(id, repository::createSession));
    }

    @Override
    public void save(HashedSession<S> session) {
        repository.save(session.stored());
    }

    @Override
    public @Nullable HashedSession<S> findById(String id) {
        S found = repository.findById(SessionIds.stored(id));
        return found == null ? null : new HashedSession<>(id, found);
    }

    @Override
    public void deleteById(String id) {
        repository.deleteById(SessionIds.stored(id));
    }
}
