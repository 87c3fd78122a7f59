package dev.escale.control.audit;

import static dev.escale.control.db.schema.Tables.AUDIT_ENTRY;

import dev.escale.control.audit.AuditEntry.What;
import dev.escale.control.audit.AuditEntry.Where;
import dev.escale.control.audit.AuditEntry.Who;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.AuditEntryRecord;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Reads;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the entries. One chain per team; writers of a team wait for each other. */
final class AuditLog implements AuditTrail {
    private static final int NAME = 200;
    private static final int ID = 60;
    private static final int FACT = 1_000;
    private static final TypeReference<Map<String, String>> DETAIL = new TypeReference<>() {};

    private final Database database;
    private final JsonMapper json;
    private final Clock clock;

    AuditLog(Database database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void record(Line line) {
        database.write(line.actor().team(), tx -> append(tx, line));
    }

    /**
     * For somebody who wants to read them.
     *
     * @throws dev.escale.control.operation.ProblemException 403 {@code permission.missing}
     */
    List<AuditEntry> newest(Actor reader, long before, int limit) {
        Reads.checkRecord(reader);
        return newest(reader.team(), before, limit);
    }

    /**
     * @param before entries with a lower number; {@link Long#MAX_VALUE} for the newest
     * @return newest first
     */
    List<AuditEntry> newest(TeamId team, long before, int limit) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(AUDIT_ENTRY)
                                .where(AUDIT_ENTRY.TEAM.eq(team.value()))
                                .and(AUDIT_ENTRY.SEQ.lt(before))
                                .orderBy(AUDIT_ENTRY.SEQ.desc())
                                .limit(limit)
                                .fetch(this::entry));
    }

    /**
     * @return oldest first
     */
    List<AuditEntry> after(TeamId team, long seq, int limit) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(AUDIT_ENTRY)
                                .where(AUDIT_ENTRY.TEAM.eq(team.value()))
                                .and(AUDIT_ENTRY.SEQ.gt(seq))
                                .orderBy(AUDIT_ENTRY.SEQ)
                                .limit(limit)
                                .fetch(this::entry));
    }

    /** Intents that nothing came of, oldest first. */
    List<AuditEntry> withoutOutcome(TeamId team) {
        var outcome = AUDIT_ENTRY.as("outcome");
        return database.read(
                team,
                tx ->
                        tx.selectFrom(AUDIT_ENTRY)
                                .where(AUDIT_ENTRY.TEAM.eq(team.value()))
                                .and(AUDIT_ENTRY.PHASE.eq(Phase.INTENT.text()))
                                .andNotExists(
                                        tx.selectOne()
                                                .from(outcome)
                                                .where(outcome.TEAM.eq(AUDIT_ENTRY.TEAM))
                                                .and(outcome.OPERATION.eq(AUDIT_ENTRY.OPERATION))
                                                .and(outcome.PHASE.eq(Phase.OUTCOME.text())))
                                .orderBy(AUDIT_ENTRY.SEQ)
                                .fetch(this::entry));
    }

    private int append(DSLContext tx, Line line) {
        String team = line.actor().team().value();
        Database.queueUp(tx, line.actor().team());
        AuditEntryRecord last =
                tx.selectFrom(AUDIT_ENTRY)
                        .where(AUDIT_ENTRY.TEAM.eq(team))
                        .orderBy(AUDIT_ENTRY.SEQ.desc())
                        .limit(1)
                        .fetchOne();
        return insert(
                tx,
                entry(
                                line,
                                last == null ? 1 : last.getSeq() + 1,
                                last == null ? AuditEntry.BEFORE_THE_FIRST : last.getHash())
                        .sealed());
    }

    private AuditEntry entry(Line line, long seq, String prevHash) {
        var actor = line.actor();
        var target = line.target();
        return new AuditEntry(
                seq,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor.team().value(),
                line.operation(),
                line.phase().text(),
                line.plan(),
                line.command(),
                new Who(actor.type().text(), actor.id(), cut(actor.name(), NAME)),
                line.action(),
                new What(target.type(), cut(target.id(), ID), cut(target.name(), NAME)),
                target.server(),
                new Where(actor.origin().ip(), actor.origin().via().text()),
                line.outcome(),
                detail(line.detail()),
                prevHash,
                "");
    }

    private static Map<String, String> detail(Map<String, String> facts) {
        Map<String, String> stored = new TreeMap<>();
        facts.forEach((name, value) -> stored.put(cut(name, NAME), cut(value, FACT)));
        return stored;
    }

    /** As both databases take it: without NUL, which may stand in what was refused. */
    private static String cut(String text, int longest) {
        String stored = text.replace('\0', '\uFFFD');
        return stored.length() <= longest ? stored : stored.substring(0, longest);
    }

    private static int insert(DSLContext tx, AuditEntry entry) {
        return tx.insertInto(AUDIT_ENTRY)
                .set(AUDIT_ENTRY.TEAM, entry.team())
                .set(AUDIT_ENTRY.SEQ, entry.seq())
                .set(AUDIT_ENTRY.AT, entry.at())
                .set(AUDIT_ENTRY.OPERATION, entry.operation())
                .set(AUDIT_ENTRY.PHASE, entry.phase())
                .set(AUDIT_ENTRY.PLAN, entry.plan())
                .set(AUDIT_ENTRY.COMMAND, entry.command())
                .set(AUDIT_ENTRY.ACTOR_TYPE, entry.actor().type())
                .set(AUDIT_ENTRY.ACTOR_ID, entry.actor().id())
                .set(AUDIT_ENTRY.ACTOR_NAME, entry.actor().name())
                .set(AUDIT_ENTRY.ACTION, entry.action())
                .set(AUDIT_ENTRY.TARGET_TYPE, entry.target().type())
                .set(AUDIT_ENTRY.TARGET_ID, entry.target().id())
                .set(AUDIT_ENTRY.TARGET_NAME, entry.target().name())
                .set(AUDIT_ENTRY.SERVER, entry.server())
                .set(AUDIT_ENTRY.ORIGIN_IP, entry.origin().ip())
                .set(AUDIT_ENTRY.ORIGIN_VIA, entry.origin().via())
                .set(AUDIT_ENTRY.OUTCOME, entry.outcome())
                .set(AUDIT_ENTRY.DETAIL, CanonicalJson.write(entry.detail()))
                .set(AUDIT_ENTRY.PREV_HASH, entry.prevHash())
                .set(AUDIT_ENTRY.HASH, entry.hash())
                .execute();
    }

    private AuditEntry entry(AuditEntryRecord row) {
        return new AuditEntry(
                row.getSeq(),
                row.getAt(),
                row.getTeam(),
                row.getOperation(),
                row.getPhase(),
                row.getPlan(),
                row.getCommand(),
                new Who(row.getActorType(), row.getActorId(), row.getActorName()),
                row.getAction(),
                new What(row.getTargetType(), row.getTargetId(), row.getTargetName()),
                row.getServer(),
                new Where(row.getOriginIp(), row.getOriginVia()),
                row.getOutcome(),
                json.readValue(row.getDetail(), DETAIL),
                row.getPrevHash(),
                row.getHash());
    }
}
