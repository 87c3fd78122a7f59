package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.TEAM;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.schema.tables.records.TeamRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** The teams. */
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
                tx ->
                        tx.selectFrom(TEAM)
                                .where(TEAM.REMOVED_AT.isNull())
                                .orderBy(TEAM.CREATED_AT, TEAM.ID)
                                .fetch(Teams::team));
    }

    /** The teams whose member the person is, oldest first. */
    public List<Team> of(String person) {
        List<TeamId> ids = lookup.ofPerson(person);
        return database.systemRead(
                tx ->
                        tx.selectFrom(TEAM)
                                .where(TEAM.ID.in(ids.stream().map(TeamId::value).toList()))
                                .and(TEAM.REMOVED_AT.isNull())
                                .orderBy(TEAM.CREATED_AT, TEAM.ID)
                                .fetch(Teams::team));
    }

    /** Also one that was removed. */
    public Optional<Team> find(TeamId id) {
        return one(TEAM.ID.eq(id.value()));
    }

    public Optional<Team> named(String slug) {
        return one(TEAM.SLUG.eq(slug).and(TEAM.REMOVED_AT.isNull()));
    }

    /** Also by one that was removed: what still points there must not find somebody else. */
    boolean taken(String slug) {
        return one(TEAM.SLUG.eq(slug)).isPresent();
    }

    private Optional<Team> one(Condition which) {
        return database.systemRead(
                tx -> tx.selectFrom(TEAM).where(which).fetchOptional(Teams::team));
    }

    public Team make(String slug, String name) {
        return make(new TeamId(Ids.random("tm")), slug, name);
    }

    Team make(TeamId id, String slug, String name) {
        Team team = new Team(id, slug, name);
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

    void rename(TeamId team, String name) {
        database.system(
                tx ->
                        tx.update(TEAM)
                                .set(TEAM.NAME, name)
                                .where(TEAM.ID.eq(team.value()))
                                .execute());
    }

    /**
     * @return false when it was removed before
     */
    boolean remove(TeamId team) {
        return database.system(
                tx ->
                        tx.update(TEAM)
                                        .set(TEAM.REMOVED_AT, clock.instant())
                                        .where(TEAM.ID.eq(team.value()))
                                        .and(TEAM.REMOVED_AT.isNull())
                                        .execute()
                                == 1);
    }

    /** Those that were removed and still have something, and since when. */
    Map<TeamId, Instant> ending() {
        return database.systemRead(
                tx ->
                        tx.selectFrom(TEAM)
                                .where(TEAM.REMOVED_AT.isNotNull())
                                .and(TEAM.EMPTIED_AT.isNull())
                                .fetchMap(
                                        row -> new TeamId(row.getId()), TeamRecord::getRemovedAt));
    }

    void emptied(TeamId team) {
        database.system(
                tx ->
                        tx.update(TEAM)
                                .set(TEAM.EMPTIED_AT, clock.instant())
                                .where(TEAM.ID.eq(team.value()))
                                .execute());
    }

    private static Team team(TeamRecord row) {
        return new Team(new TeamId(row.getId()), row.getSlug(), row.getName());
    }
}
