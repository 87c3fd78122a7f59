package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.MEMBER;
import static dev.escale.control.db.schema.Tables.TEAM;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.schema.tables.records.TeamRecord;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The teams and their members. */
public final class Teams {
    private final Database database;
    private final TeamLookup lookup;
    private final Clock clock;

    Teams(Database database, TeamLookup lookup, Clock clock) {
        this.database = database;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** Oldest first. */
    public List<Team> all() {
        return database.systemRead(
                tx -> tx.selectFrom(TEAM).orderBy(TEAM.CREATED_AT, TEAM.ID).fetch(Teams::team));
    }

    /** The teams whose member the person is, oldest first. */
    public List<Team> of(String person) {
        List<TeamId> ids = lookup.ofPerson(person);
        return all().stream().filter(team -> ids.contains(team.id())).toList();
    }

    public Optional<Team> find(TeamId id) {
        return all().stream().filter(team -> team.id().equals(id)).findFirst();
    }

    public Optional<Role> role(TeamId team, String person) {
        return database.read(
                        team,
                        tx ->
                                tx.select(MEMBER.ROLE)
                                        .from(MEMBER)
                                        .where(MEMBER.TEAM.eq(team.value()))
                                        .and(MEMBER.PERSON.eq(person))
                                        .fetchOptional(MEMBER.ROLE))
                .map(Role::parse);
    }

    public Team make(String slug, String name) {
        Team team = new Team(new TeamId(Ids.random("tm")), slug, name);
        database.system(
                tx ->
                        tx.insertInto(TEAM)
                                .set(TEAM.ID, team.id().value())
                                .set(TEAM.SLUG, slug)
                                .set(TEAM.NAME, name)
                                .set(TEAM.CREATED_AT, clock.instant())
                                .execute());
        return team;
    }

    public void join(TeamId team, String person, Role role) {
        database.write(
                team,
                tx ->
                        tx.insertInto(MEMBER)
                                .set(MEMBER.TEAM, team.value())
                                .set(MEMBER.PERSON, person)
                                .set(MEMBER.ROLE, role.text())
                                .set(MEMBER.CREATED_AT, clock.instant())
                                .execute());
    }

    private static Team team(TeamRecord row) {
        return new Team(new TeamId(row.getId()), row.getSlug(), row.getName());
    }
}
