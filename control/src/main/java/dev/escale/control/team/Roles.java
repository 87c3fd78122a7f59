package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.MEMBER_GRANT;
import static dev.escale.control.db.schema.Tables.PERSON;
import static dev.escale.control.db.schema.Tables.TEAM_ROLE;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.TeamRoleRecord;
import dev.escale.control.operation.Permissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The roles of a team: the built-in ones and its own. */
public final class Roles {
    private final Database database;
    private final Permissions permissions;
    private final Clock clock;

    Roles(Database database, Permissions permissions, Clock clock) {
        this.database = database;
        this.permissions = permissions;
        this.clock = clock;
    }

    /** The built-in ones first, then those of the team by name. */
    public List<Role> all(TeamId team) {
        return Stream.concat(builtIn().stream(), own(team).stream()).toList();
    }

    /**
     * @param id of one of its own, or the name of a built-in one
     */
    public Optional<Role> find(TeamId team, String id) {
        return all(team).stream().filter(role -> role.id().equals(id)).findFirst();
    }

    /**
     * The roles with these ids, by id; an id that is none is left out. The team's own are looked up
     * only when one is asked for.
     */
    Map<String, Role> named(TeamId team, Set<String> ids) {
        Map<String, Role> found = new HashMap<>();
        Set<String> all = permissions.all();
        for (BuiltInRole role : BuiltInRole.values()) {
            if (ids.contains(role.text())) {
                found.put(role.text(), role.role(all));
            }
        }
        if (found.size() < ids.size()) {
            own(team).stream()
                    .filter(role -> ids.contains(role.id()))
                    .forEach(role -> found.put(role.id(), role));
        }
        return found;
    }

    /** How many grants name this role. */
    int uses(TeamId team, String role) {
        return database.read(
                team,
                tx ->
                        tx.fetchCount(
                                MEMBER_GRANT,
                                MEMBER_GRANT
                                        .TEAM
                                        .eq(team.value())
                                        .and(MEMBER_GRANT.ROLE.eq(role))));
    }

    Role make(TeamId team, String name, Set<String> of) {
        var role = new Role(Ids.random("rol"), name, of, false);
        database.write(
                team,
                tx ->
                        tx.insertInto(TEAM_ROLE)
                                .set(TEAM_ROLE.ID, role.id())
                                .set(TEAM_ROLE.TEAM, team.value())
                                .set(TEAM_ROLE.NAME, name)
                                .set(TEAM_ROLE.PERMISSIONS, text(of))
                                .set(TEAM_ROLE.CREATED_AT, clock.instant())
                                .execute());
        return role;
    }

    void change(TeamId team, Role role) {
        database.write(
                team,
                tx -> {
                    SessionMarks.renew(
                            tx,
                            PERSON.ID.in(
                                    tx.select(MEMBER_GRANT.PERSON)
                                            .from(MEMBER_GRANT)
                                            .where(MEMBER_GRANT.TEAM.eq(team.value()))
                                            .and(MEMBER_GRANT.ROLE.eq(role.id()))));
                    return tx.update(TEAM_ROLE)
                            .set(TEAM_ROLE.NAME, role.name())
                            .set(TEAM_ROLE.PERMISSIONS, text(role.permissions()))
                            .where(TEAM_ROLE.TEAM.eq(team.value()))
                            .and(TEAM_ROLE.ID.eq(role.id()))
                            .execute();
                });
    }

    void remove(TeamId team, String role) {
        database.write(
                team,
                tx ->
                        tx.deleteFrom(TEAM_ROLE)
                                .where(TEAM_ROLE.TEAM.eq(team.value()))
                                .and(TEAM_ROLE.ID.eq(role))
                                .execute());
    }

    /** All of the team's own. */
    void forget(TeamId team) {
        database.write(
                team,
                tx -> tx.deleteFrom(TEAM_ROLE).where(TEAM_ROLE.TEAM.eq(team.value())).execute());
    }

    private List<Role> builtIn() {
        Set<String> all = permissions.all();
        return Arrays.stream(BuiltInRole.values()).map(role -> role.role(all)).toList();
    }

    private List<Role> own(TeamId team) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(TEAM_ROLE)
                                .where(TEAM_ROLE.TEAM.eq(team.value()))
                                .orderBy(TEAM_ROLE.NAME)
                                .fetch(Roles::role));
    }

    private static Role role(TeamRoleRecord row) {
        return new Role(row.getId(), row.getName(), Set.of(row.getPermissions().split(" ")), false);
    }

    private static String text(Set<String> permissions) {
        return String.join(" ", new TreeSet<>(permissions));
    }
}
