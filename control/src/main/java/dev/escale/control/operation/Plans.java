package dev.escale.control.operation;

import static dev.escale.control.db.schema.Tables.PLAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.PlanRecord;
import dev.escale.control.secret.Secrets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;

/** Plans that wait for somebody to confirm them, for ten minutes. */
public final class Plans {
    static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(30);

    private final Database database;
    private final Secrets secrets;
    private final OperationCatalog catalog;
    private final JsonMapper json;
    private final Clock clock;

    Plans(
            Database database,
            Secrets secrets,
            OperationCatalog catalog,
            JsonMapper json,
            Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.catalog = catalog;
        this.json = json;
        this.clock = clock;
    }

    record Planned<I extends Record, R>(Operation<I, R> operation, I input) {}

    /** What a door shows of a plan. */
    public record Shown(
            String id, String operation, Plan plan, Instant expiresAt, boolean applied) {}

    <I extends Record, R> Result.Planned<R> keep(
            Actor actor, Operation<I, R> operation, I input, Plan plan) {
        String id = Ids.random("pl");
        Instant now = clock.instant();
        Instant expires = now.plus(VALIDITY);
        byte[] sealed = secrets.seal(actor.team(), json.writeValueAsString(input));
        database.write(
                actor.team(),
                tx -> {
                    tx.deleteFrom(PLAN)
                            .where(PLAN.TEAM.eq(actor.team().value()))
                            .and(PLAN.EXPIRES_AT.lt(now.minus(KEPT)))
                            .execute();
                    return tx.insertInto(PLAN)
                            .set(PLAN.ID, id)
                            .set(PLAN.TEAM, actor.team().value())
                            .set(PLAN.OPERATION, operation.name())
                            .set(PLAN.ACTOR_TYPE, actor.type().text())
                            .set(PLAN.ACTOR_ID, actor.id())
                            .set(PLAN.INPUT, sealed)
                            .set(PLAN.CONTENT, json.writeValueAsString(plan))
                            .set(PLAN.FINGERPRINT, digest(plan.fingerprint()))
                            .set(PLAN.CREATED_AT, now)
                            .set(PLAN.EXPIRES_AT, expires)
                            .execute();
                });
        return new Result.Planned<>(id, plan, expires);
    }

    /**
     * @throws ProblemException with 404 {@code plan.unknown}
     */
    public Shown shown(TeamId team, String id) {
        PlanRecord row = row(team, id);
        return new Shown(
                row.getId(),
                row.getOperation(),
                json.readValue(row.getContent(), Plan.class),
                row.getExpiresAt(),
                row.getAppliedAt() != null);
    }

    Planned<?, ?> planned(TeamId team, String id) {
        PlanRecord row = row(team, id);
        return planned(team, row, catalog.named(row.getOperation()));
    }

    private <I extends Record, R> Planned<I, R> planned(
            TeamId team, PlanRecord row, Operation<I, R> operation) {
        String input = secrets.open(team, row.getInput());
        return new Planned<>(operation, json.readValue(input, operation.input()));
    }

    /**
     * Uses the plan up.
     *
     * @param fresh made a moment ago from the same input
     * @throws ProblemException when the plan is for something else, of somebody else, too old,
     *     used, or when the world has changed since
     */
    void confirm(Actor actor, String id, Operation<?, ?> operation, Record input, Plan fresh) {
        PlanRecord row = row(actor.team(), id);
        boolean same =
                row.getOperation().equals(operation.name())
                        && secrets.open(actor.team(), row.getInput())
                                .equals(json.writeValueAsString(input));
        if (!same) {
            throw ProblemException.of(409, "plan.other", "plan", id);
        }
        if (!row.getActorType().equals(actor.type().text())
                || !row.getActorId().equals(actor.id())) {
            throw ProblemException.of(403, "plan.notYours", "plan", id);
        }
        if (row.getExpiresAt().isBefore(clock.instant())) {
            throw ProblemException.of(410, "plan.expired", "plan", id);
        }
        if (!row.getFingerprint().equals(digest(fresh.fingerprint()))) {
            throw ProblemException.of(409, "plan.changed", "plan", id);
        }
        if (!useUp(actor.team(), id)) {
            throw ProblemException.of(409, "plan.applied", "plan", id);
        }
    }

    /** A fingerprint names all that the plan rests on, and may be of any length. */
    private static String digest(String fingerprint) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(fingerprint.getBytes(UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean useUp(TeamId team, String id) {
        return database.write(
                team,
                tx ->
                        tx.update(PLAN)
                                        .set(PLAN.APPLIED_AT, clock.instant())
                                        .where(PLAN.TEAM.eq(team.value()))
                                        .and(PLAN.ID.eq(id))
                                        .and(PLAN.APPLIED_AT.isNull())
                                        .execute()
                                == 1);
    }

    private PlanRecord row(TeamId team, String id) {
        PlanRecord row =
                database.read(
                        team,
                        tx ->
                                tx.selectFrom(PLAN)
                                        .where(PLAN.TEAM.eq(team.value()))
                                        .and(PLAN.ID.eq(id))
                                        .fetchOne());
        if (row == null) {
            throw ProblemException.of(404, "plan.unknown", "plan", id);
        }
        return row;
    }
}
