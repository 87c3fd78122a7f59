package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.MEMBER;
import static dev.escale.control.db.schema.Tables.MEMBER_GRANT;
import static dev.escale.control.db.schema.Tables.PERSON;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.MemberGrantRecord;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Permissions;
import dev.escale.control.operation.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record4;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** Who belongs to a team, and what they may do there. */
public final class Members {
    /** The columns of a grant, for whoever joins them. */
    public static final List<Field<?>> GRANT =
            List.of(MEMBER_GRANT.ROLE, MEMBER_GRANT.SCOPE, MEMBER_GRANT.TARGET);

    private final Database database;
    private final Roles roles;
    private final Clock clock;

    Members(Database database, Roles roles, Clock clock) {
        this.database = database;
        this.roles = roles;
        this.clock = clock;
    }

    /** Those who came first, first. */
    public List<Member> all(TeamId team) {
        return database.read(
                team,
                tx -> {
                    Map<String, List<MemberGrant>> grants =
                            tx
                                    .selectFrom(MEMBER_GRANT)
                                    .where(MEMBER_GRANT.TEAM.eq(team.value()))
                                    .orderBy(MEMBER_GRANT.CREATED_AT, MEMBER_GRANT.ROLE)
                                    .fetch()
                                    .stream()
                                    .collect(
                                            Collectors.groupingBy(
                                                    MemberGrantRecord::getPerson,
                                                    Collectors.mapping(
                                                            Members::grant, Collectors.toList())));
                    return tx.select(MEMBER.PERSON, PERSON.NAME, PERSON.EMAIL, MEMBER.CREATED_AT)
                            .from(MEMBER)
                            .join(PERSON)
                            .on(PERSON.ID.eq(MEMBER.PERSON))
                            .where(MEMBER.TEAM.eq(team.value()))
                            .orderBy(MEMBER.CREATED_AT, MEMBER.PERSON)
                            .fetch(row -> member(row, grants));
                });
    }

    public Optional<Member> find(TeamId team, String person) {
        return all(team).stream().filter(member -> member.person().equals(person)).findFirst();
    }

    /**
     * What the person may do in the team.
     *
     * @return empty when they do not belong to it
     */
    public Optional<Grants> grants(TeamId team, String person) {
        return database.read(
                team,
                tx -> {
                    Result<Record> rows =
                            tx.select(GRANT)
                                    .from(MEMBER)
                                    .leftJoin(MEMBER_GRANT)
                                    .on(MEMBER_GRANT.TEAM.eq(MEMBER.TEAM))
                                    .and(MEMBER_GRANT.PERSON.eq(MEMBER.PERSON))
                                    .where(MEMBER.TEAM.eq(team.value()))
                                    .and(MEMBER.PERSON.eq(person))
                                    .fetch();
                    if (rows.isEmpty()) {
                        return Optional.empty();
                    }
                    return Optional.of(granted(team, rows));
                });
    }

    /**
     * @param rows of a member joined with their grants; of one without any, a row of nulls
     */
    public Grants granted(TeamId team, List<? extends Record> rows) {
        return resolved(
                team,
                rows.stream()
                        .filter(row -> row.get(MEMBER_GRANT.ROLE) != null)
                        .map(
                                row ->
                                        grant(
                                                row.get(MEMBER_GRANT.ROLE),
                                                row.get(MEMBER_GRANT.SCOPE),
                                                row.get(MEMBER_GRANT.TARGET)))
                        .toList());
    }

    /** What these grants amount to. A role that is not there any more gives nothing. */
    Grants resolved(TeamId team, List<MemberGrant> given) {
        Map<String, Role> known =
                roles.named(
                        team, given.stream().map(MemberGrant::role).collect(Collectors.toSet()));
        List<Grants.Grant> all = new ArrayList<>();
        all.add(new Grants.Grant(Permissions.OWN, Scope.TEAM));
        for (MemberGrant grant : given) {
            Role role = known.get(grant.role());
            if (role != null) {
                all.add(new Grants.Grant(role.permissions(), grant.scope()));
            }
        }
        return new Grants(all, null);
    }

    public void join(TeamId team, String person, List<MemberGrant> grants) {
        Instant now = clock.instant();
        database.write(
                team,
                tx -> {
                    tx.insertInto(MEMBER)
                            .set(MEMBER.TEAM, team.value())
                            .set(MEMBER.PERSON, person)
                            .set(MEMBER.CREATED_AT, now)
                            .execute();
                    insert(tx, team, person, grants, now);
                    SessionMarks.renew(tx, PERSON.ID.eq(person));
                    return person;
                });
    }

    void change(TeamId team, String person, List<MemberGrant> grants) {
        database.write(
                team,
                tx -> {
                    deleteGrants(tx, team, person);
                    insert(tx, team, person, grants, clock.instant());
                    SessionMarks.renew(tx, PERSON.ID.eq(person));
                    return person;
                });
    }

    void remove(TeamId team, String person) {
        database.write(
                team,
                tx -> {
                    deleteGrants(tx, team, person);
                    SessionMarks.renew(tx, PERSON.ID.eq(person));
                    tx.update(PERSON)
                            .set(PERSON.LAST_TEAM, team.value())
                            .where(PERSON.ID.eq(person))
                            .execute();
                    return tx.deleteFrom(MEMBER)
                            .where(MEMBER.TEAM.eq(team.value()))
                            .and(MEMBER.PERSON.eq(person))
                            .execute();
                });
    }

    /** Until the end of this transaction nobody else joins, leaves or is granted anything. */
    void lock(DSLContext tx, TeamId team) {
        Database.queueUp(tx, team);
    }

    private static void deleteGrants(DSLContext tx, TeamId team, String person) {
        tx.deleteFrom(MEMBER_GRANT)
                .where(MEMBER_GRANT.TEAM.eq(team.value()))
                .and(MEMBER_GRANT.PERSON.eq(person))
                .execute();
    }

    private static void insert(
            DSLContext tx, TeamId team, String person, List<MemberGrant> grants, Instant now) {
        for (MemberGrant grant : grants) {
            tx.insertInto(MEMBER_GRANT)
                    .set(MEMBER_GRANT.TEAM, team.value())
                    .set(MEMBER_GRANT.PERSON, person)
                    .set(MEMBER_GRANT.ROLE, grant.role())
                    .set(MEMBER_GRANT.SCOPE, grant.scope().kind().text())
                    .set(MEMBER_GRANT.TARGET, grant.scope().id())
                    .set(MEMBER_GRANT.CREATED_AT, now)
                    .execute();
        }
    }

    private static Member member(
            Record4<String, String, @Nullable String, Instant> row,
            Map<String, List<MemberGrant>> grants) {
        return new Member(
                row.value1(),
                row.value2(),
                row.value3(),
                grants.getOrDefault(row.value1(), List.of()),
                row.value4());
    }

    private static MemberGrant grant(MemberGrantRecord row) {
        return grant(row.getRole(), row.getScope(), row.getTarget());
    }

    private static MemberGrant grant(String role, String scope, String target) {
        return new MemberGrant(role, new Scope(Scope.Kind.parse(scope), target));
    }
}
