package dev.escale.control.source;

import static dev.escale.control.db.schema.Tables.PENDING_PUSH;

import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Repository;

/**
 * Pushes between the moment their ref is about to be stored and the moment their deployment is
 * queued. One that is still here at a start, or a minute later, was cut off.
 */
@Repository
class PendingPushes {
    private final Database database;
    private final Clock clock;

    PendingPushes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param ref full name of the branch
     */
    record PendingPush(String id, AppId app, String ref, String commit, Actor actor) {}

    void add(App app, Actor actor, String ref, String commit) {
        database.write(
                app.team(),
                tx ->
                        tx.insertInto(PENDING_PUSH)
                                .set(PENDING_PUSH.ID, Ids.random("psh"))
                                .set(PENDING_PUSH.TEAM, app.team().value())
                                .set(PENDING_PUSH.APP, app.id().value())
                                .set(PENDING_PUSH.REF, ref)
                                .set(PENDING_PUSH.COMMIT_ID, commit)
                                .set(PENDING_PUSH.ACTOR_TYPE, actor.type().text())
                                .set(PENDING_PUSH.ACTOR_ID, actor.id())
                                .set(PENDING_PUSH.ACTOR_NAME, actor.name())
                                .set(PENDING_PUSH.CREATED_AT, clock.instant())
                                .execute());
    }

    void done(TeamId team, AppId app, String commit) {
        database.write(
                team,
                tx ->
                        tx.deleteFrom(PENDING_PUSH)
                                .where(PENDING_PUSH.TEAM.eq(team.value()))
                                .and(PENDING_PUSH.APP.eq(app.value()))
                                .and(PENDING_PUSH.COMMIT_ID.eq(commit))
                                .execute());
    }

    /** Oldest first. */
    List<PendingPush> until(TeamId team, Instant time) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(PENDING_PUSH)
                                .where(PENDING_PUSH.TEAM.eq(team.value()))
                                .and(PENDING_PUSH.CREATED_AT.le(time))
                                .orderBy(PENDING_PUSH.CREATED_AT)
                                .fetch(
                                        row ->
                                                new PendingPush(
                                                        row.getId(),
                                                        new AppId(row.getApp()),
                                                        row.getRef(),
                                                        row.getCommitId(),
                                                        new Actor(
                                                                ActorType.valueOf(
                                                                        row.getActorType()
                                                                                .toUpperCase(
                                                                                        Locale
                                                                                                .ROOT)),
                                                                row.getActorId(),
                                                                row.getActorName(),
                                                                team,
                                                                Grants.of(
                                                                        GitAccess.READ,
                                                                        GitAccess.PUSH),
                                                                new Origin(null, Origin.Via.GIT),
                                                                Locale.ENGLISH))));
    }
}
