package dev.escale.control.account;

import dev.escale.control.db.DatabaseTrouble;
import dev.escale.control.db.ReadOrWrite;
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

    /** A database that cannot be written to keeps nobody from looking. */
    @Override
    public void save(HashedSession<S> session) {
        try {
            repository.save(session.stored());
        } catch (RuntimeException failure) {
            if (session.changed() || DatabaseTrouble.of(failure).isEmpty()) {
                throw failure;
            }
        }
    }

    @Override
    public @Nullable HashedSession<S> findById(String id) {
        if (!SessionIds.isOne(id)) {
            return null;
        }
        String stored = SessionIds.stored(id);
        S found = ReadOrWrite.<@Nullable S>reading(() -> repository.findById(stored));
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
