package dev.escale.control.db;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/**
 * Which team something belongs to, asked before a team is known. On PostgreSQL through functions
 * that see every team's rows and return nothing but the team.
 */
public final class TeamLookup {
    private static final int TOKENS_REMEMBERED = 10_000;

    private final Database database;

    /** By hash, those used last; a token never changes its team. */
    private final Map<String, TeamId> ofTokens =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, TeamId> eldest) {
                            return size() > TOKENS_REMEMBERED;
                        }
                    });

    TeamLookup(Database database) {
        this.database = database;
    }

    /**
     * The team says nothing of whether the token is still valid.
     *
     * @param hash of an access token
     */
    public Optional<TeamId> ofToken(String hash) {
        TeamId known = ofTokens.get(hash);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<TeamId> found =
                one("team_of_token", "select team from token where hash = ?", hash);
        found.ifPresent(team -> ofTokens.put(hash, team));
        return found;
    }

    /** Whether {@link #ofToken} answers without the database. */
    public boolean remembersToken(String hash) {
        return ofTokens.containsKey(hash);
    }

    /** One that opens nothing any more. */
    public void forgetToken(String hash) {
        ofTokens.remove(hash);
    }

    /**
     * @param hash of a registration token
     */
    public Optional<TeamId> ofRegistrationToken(String hash) {
        return one(
                "team_of_registration_token",
                "select team from registration_token where hash = ?",
                hash);
    }

    /**
     * @param hash of the text in the link of an invitation
     */
    public Optional<TeamId> ofInvitation(String hash) {
        return one("team_of_invitation", "select team from invitation where hash = ?", hash);
    }

    public Optional<TeamId> ofServer(String server) {
        return one("team_of_server", "select team from server where id = ?", server);
    }

    /** The teams whose member the person is, oldest first. */
    public List<TeamId> ofPerson(String person) {
        return many(
                "teams_of_person",
                "select team from member where person = ? order by created_at",
                person);
    }

    /**
     * Every team that has something, oldest first, for jobs that open one transaction per team. One
     * that was removed is among them until its servers have left.
     */
    public List<TeamId> all() {
        return database.systemRead(
                tx ->
                        tx.fetch(
                                        "select id from team where emptied_at is null"
                                                + " order by created_at, id")
                                .map(row -> new TeamId(row.get(0, String.class))));
    }

    private Optional<TeamId> one(String function, String query, String argument) {
        return many(function, query, argument).stream().findFirst();
    }

    private List<TeamId> many(String function, String query, String argument) {
        return database.systemRead(
                tx ->
                        tx
                                .fetch(
                                        postgresql(tx) ? "select " + function + "(?)" : query,
                                        argument)
                                .map(row -> row.get(0, String.class))
                                .stream()
                                .filter(java.util.Objects::nonNull)
                                .map(TeamId::new)
                                .toList());
    }

    private static boolean postgresql(DSLContext tx) {
        return tx.dialect().family() == SQLDialect.POSTGRES;
    }
}
