package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Identified;
import dev.escale.control.team.Founding;
import dev.escale.control.team.Invitation;
import dev.escale.control.team.Joining;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import java.util.Locale;
import java.util.Map;
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
    private final Newcomers newcomers;
    private final boolean signUp;

    ProviderEntrance(
            Database database,
            Identities identities,
            Persons persons,
            Teams teams,
            Joining joining,
            Founding founding,
            Newcomers newcomers,
            ControlConfig config) {
        this.database = database;
        this.identities = identities;
        this.persons = persons;
        this.teams = teams;
        this.joining = joining;
        this.founding = founding;
        this.newcomers = newcomers;
        this.signUp = config.signIn().signUp();
    }

    /**
     * @param team that they have come into by an invitation
     * @param how for the record
     */
    record Entered(String person, Optional<Team> team, Map<String, String> how) {}

    /**
     * @throws ProblemException 403 {@code signIn.unknownPerson}
     */
    Entered enter(Identified who, Origin origin) {
        Optional<Identity> known = identities.of(who);
        if (known.isPresent()) {
            return entered(known.get(), who, Optional.empty());
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
                    founding.found(planned, founder(made, planned, origin), made.id());
                    return entered(identity, who, Optional.empty());
                });
    }

    /**
     * @param text of the link of an invitation
     * @throws ProblemException 404 {@code invitation.noSuchLink}, and what {@link Joining#check}
     *     refuses
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
            return entered(known.get(), who, already);
        }
        try {
            return joined(who, known, person, invitation, origin);
        } catch (ProblemException refused) {
            joining.refused(
                    invitation,
                    newcomers.of(person, who),
                    origin,
                    refused.problem().code(),
                    Detail.of("issuer", who.issuer(), "subject", who.account().subject()));
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
        Optional<String> email = bound == null ? who.account().email() : Optional.of(bound);
        Optional<Team> team = teams.find(invitation.team());
        return database.write(
                invitation.team(),
                tx -> {
                    joining.check(invitation, newcomers.of(person, who));
                    Person joiner = person.orElseGet(() -> make(who, email));
                    joining.accept(invitation, newcomers.of(Optional.of(joiner), who), origin);
                    Identity identity = known.orElseGet(() -> identities.add(joiner.id(), who));
                    return entered(identity, who, team);
                });
    }

    private Entered entered(Identity identity, Identified who, Optional<Team> team) {
        identities.used(identity, who);
        return new Entered(
                identity.person(),
                team,
                Detail.of("means", who.provider().text(), "identity", identity.name()));
    }

    private static Actor founder(Person made, Team planned, Origin origin) {
        return new Actor(
                ActorType.PERSON,
                made.id(),
                made.name(),
                planned.id(),
                Grants.NONE,
                origin,
                Locale.ENGLISH);
    }

    private Person make(Identified who, Optional<String> email) {
        return persons.make(who.account().name(), email.orElse(null));
    }
}
