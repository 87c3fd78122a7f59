package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.INVITATION;
import static dev.escale.control.db.schema.Tables.PERSON;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.mail.Letters;
import dev.escale.control.operation.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The table of invitations. Of a link only the hash is kept. */
@Repository
class TeamInvitations {
    static final Duration VALIDITY = Duration.ofDays(7);

    private final Database database;
    private final TeamLookup lookup;
    private final Letters letters;
    private final Clock clock;

    TeamInvitations(Database database, TeamLookup lookup, Letters letters, Clock clock) {
        this.letters = letters;
        this.database = database;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** Newest first. */
    List<Invitation> all(TeamId team) {
        return select(team, INVITATION.ID.isNotNull());
    }

    Optional<Invitation> find(TeamId team, String id) {
        return select(team, INVITATION.ID.eq(id)).stream().findFirst();
    }

    /** Open ones that were made with these tokens, newest first. */
    List<Invitation> openOf(TeamId team, List<String> tokens) {
        return select(
                team, OpenInvitations.of(team, clock.instant()).and(INVITATION.MADE_BY.in(tokens)));
    }

    /**
     * @param hash of the text in the link
     */
    Optional<Invitation> ofLink(String hash) {
        return lookup.ofInvitation(hash)
                .flatMap(team -> select(team, INVITATION.HASH.eq(hash)).stream().findFirst());
    }

    Invitation make(
            TeamId team,
            InvitationLinks.Maker maker,
            @Nullable String email,
            List<MemberGrant> grants,
            String hash) {
        String id = Ids.random("inv");
        Instant now = clock.instant();
        return database.write(
                team,
                tx -> {
                    tx.insertInto(INVITATION)
                            .set(INVITATION.ID, id)
                            .set(INVITATION.TEAM, team.value())
                            .set(INVITATION.HASH, hash)
                            .set(INVITATION.EMAIL, email)
                            .set(INVITATION.GRANTS, text(grants))
                            .set(INVITATION.INVITER, maker.person())
                            .set(INVITATION.MADE_BY, maker.token())
                            .set(INVITATION.CREATED_AT, now)
                            .set(INVITATION.EXPIRES_AT, now.plus(VALIDITY))
                            .execute();
                    return find(team, id).orElseThrow();
                });
    }

    /**
     * @return false when it was not open any more
     */
    boolean accept(Invitation invitation, String person) {
        Instant now = clock.instant();
        return database.write(
                invitation.team(),
                tx -> {
                    letters.forget(invitation.team(), invitation.id());
                    return tx.update(INVITATION)
                                    .set(INVITATION.ACCEPTED_AT, now)
                                    .set(INVITATION.ACCEPTED_BY, person)
                                    .where(open(invitation, now))
                                    .execute()
                            == 1;
                });
    }

    /**
     * @return false when it was not open any more
     */
    boolean revoke(Invitation invitation) {
        Instant now = clock.instant();
        return database.write(
                invitation.team(),
                tx -> {
                    letters.forget(invitation.team(), invitation.id());
                    return tx.update(INVITATION)
                                    .set(INVITATION.REVOKED_AT, now)
                                    .where(open(invitation, now))
                                    .execute()
                            == 1;
                });
    }

    /** Another link in place of the one before. */
    void renew(Invitation invitation, String hash) {
        Instant now = clock.instant();
        database.write(
                invitation.team(),
                tx ->
                        tx.update(INVITATION)
                                .set(INVITATION.HASH, hash)
                                .where(open(invitation, now))
                                .execute());
    }

    /** How many open ones would give the role. */
    int openWith(TeamId team, String role) {
        Instant now = clock.instant();
        return (int)
                all(team).stream()
                        .filter(each -> each.state(now) == Invitation.State.OPEN)
                        .filter(
                                each ->
                                        each.grants().stream()
                                                .anyMatch(grant -> grant.role().equals(role)))
                        .count();
    }

    void forget(TeamId team) {
        database.write(
                team,
                tx -> {
                    letters.forgetAll(team);
                    return tx.deleteFrom(INVITATION)
                            .where(INVITATION.TEAM.eq(team.value()))
                            .execute();
                });
    }

    private static Condition open(Invitation invitation, Instant now) {
        return OpenInvitations.of(invitation.team(), now).and(INVITATION.ID.eq(invitation.id()));
    }

    private List<Invitation> select(TeamId team, Condition which) {
        return database.read(
                team,
                tx ->
                        tx.select(INVITATION.asterisk(), PERSON.NAME)
                                .from(INVITATION)
                                .join(PERSON)
                                .on(PERSON.ID.eq(INVITATION.INVITER))
                                .where(INVITATION.TEAM.eq(team.value()))
                                .and(which)
                                .orderBy(INVITATION.CREATED_AT.desc(), INVITATION.ID)
                                .fetch(TeamInvitations::invitation));
    }

    private static Invitation invitation(Record row) {
        return new Invitation(
                row.get(INVITATION.ID),
                new TeamId(row.get(INVITATION.TEAM)),
                row.get(INVITATION.EMAIL),
                grants(row.get(INVITATION.GRANTS)),
                row.get(INVITATION.INVITER),
                row.get(PERSON.NAME),
                row.get(INVITATION.CREATED_AT),
                row.get(INVITATION.EXPIRES_AT),
                row.get(INVITATION.ACCEPTED_AT),
                row.get(INVITATION.REVOKED_AT));
    }

    /** One a line: role, scope, target. None of them has a space. */
    private static String text(List<MemberGrant> grants) {
        return grants.stream()
                .map(
                        grant ->
                                String.join(
                                        " ",
                                        grant.role(),
                                        grant.scope().kind().text(),
                                        grant.scope().id()))
                .collect(Collectors.joining("\n"));
    }

    private static List<MemberGrant> grants(String text) {
        return Arrays.stream(text.split("\n"))
                .map(line -> line.split(" ", -1))
                .map(
                        parts ->
                                new MemberGrant(
                                        parts[0], new Scope(Scope.Kind.parse(parts[1]), parts[2])))
                .toList();
    }
}
