package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Identified;
import dev.escale.control.team.Founding;
import dev.escale.control.team.Invitation;
import dev.escale.control.team.Joining;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Decides who somebody is whom a provider has told us about. Only the identity counts: an address
 * that both know joins nobody to an account.
 */
@Component
class ProviderEntrance {
    private final Database database;
    private final Identities identities;
    private final Persons persons;
    private final Teams teams;
    private final Joining joining;
    private final Founding founding;
    private final SignInRecord record;
    private final boolean signUp;

    ProviderEntrance(
            Database database,
            Identities identities,
            Persons persons,
            Teams teams,
            Joining joining,
            Founding founding,
            SignInRecord record,
            ControlConfig config) {
        this.database = database;
        this.identities = identities;
        this.persons = persons;
        this.teams = teams;
        this.joining = joining;
        this.founding = founding;
        this.record = record;
        this.signUp = config.signIn().signUp();
    }

    /**
     * @param slug of the team that they have come into
     */
    record Entered(String person, String slug) {}

    /**
     * @throws ProblemException 403 {@code signIn.unknownPerson} or {@code signIn.noTeam}
     */
    Entered enter(Identified who, Origin origin) {
        Optional<Identity> known = identities.of(who);
        if (known.isPresent()) {
            return entered(known.get(), who, origin);
        }
        if (!signUp) {
            throw SignInRefusal.UNKNOWN_PERSON.exception(who.provider());
        }
        return signUp(who, origin);
    }

    private Entered signUp(Identified who, Origin origin) {
        Team planned = founding.planned(who.account().name(), who.account().login());
        return database.write(
                planned.id(),
                tx -> {
                    Person made = make(who, who.account().email());
                    Identity identity = identities.add(made.id(), who);
                    Team team =
                            founding.found(
                                    planned,
                                    SignInRecord.actor(made, planned.id(), origin),
                                    made.id());
                    return entered(identity, who, origin, team);
                });
    }

    /**
     * @param text of the link of an invitation
     * @throws ProblemException 403 {@code signIn.emailUnverified}, 404 {@code
     *     invitation.noSuchLink}, and what {@link Joining#check} refuses
     */
    Entered join(Identified who, String text, Origin origin) {
        Invitation invitation =
                joining.find(TokenText.hash(text))
                        .orElseThrow(() -> ProblemException.of(404, "invitation.noSuchLink"));
        Optional<Identity> known = identities.of(who);
        Optional<Person> person = known.flatMap(each -> persons.find(each.person()));
        Optional<Team> already =
                person.flatMap(
                        each ->
                                teams.of(each.id()).stream()
                                        .filter(team -> team.id().equals(invitation.team()))
                                        .findFirst());
        if (known.isPresent() && already.isPresent()) {
            return entered(known.get(), who, origin, already.get());
        }
        try {
            return joined(who, known, person, invitation, origin);
        } catch (ProblemException refused) {
            String code = refused.problem().code();
            person.ifPresentOrElse(
                    each -> record.refused(each, invitation.team(), origin, code),
                    () -> record.refused(who, invitation.team(), origin, code));
            throw refused;
        }
    }

    private Entered joined(
            Identified who,
            Optional<Identity> known,
            Optional<Person> person,
            Invitation invitation,
            Origin origin) {
        String bound = invitation.email();
        if (bound != null && !who.account().has(bound)) {
            throw SignInRefusal.EMAIL_UNVERIFIED.exception(who.provider());
        }
        Optional<String> email = bound == null ? who.account().email() : Optional.of(bound);
        Team team = teams.find(invitation.team()).orElseThrow();
        return database.write(
                invitation.team(),
                tx -> {
                    Person joiner = person.orElseGet(() -> make(who, email));
                    joining.accept(
                            invitation,
                            new Joining.Newcomer(
                                    joiner.id(), joiner.name(), email.orElse(joiner.email())),
                            origin);
                    Identity identity = known.orElseGet(() -> identities.add(joiner.id(), who));
                    return entered(identity, who, origin, team);
                });
    }

    private Entered entered(Identity identity, Identified who, Origin origin) {
        List<Team> belongsTo = teams.of(identity.person());
        if (belongsTo.isEmpty()) {
            throw SignInRefusal.NO_TEAM.exception(who.provider());
        }
        return entered(identity, who, origin, belongsTo.getFirst());
    }

    /** What cannot be written down does not happen. */
    private Entered entered(Identity identity, Identified who, Origin origin, Team team) {
        Person person = persons.find(identity.person()).orElseThrow();
        record.begun(person, team.id(), identity, origin);
        identities.used(identity, who);
        return new Entered(person.id(), team.slug());
    }

    private Person make(Identified who, Optional<String> email) {
        return persons.make(who.account().name(), email.orElse(null));
    }
}
