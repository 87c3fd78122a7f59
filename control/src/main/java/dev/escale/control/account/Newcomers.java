package dev.escale.control.account;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Identified;
import dev.escale.control.team.Invitation;
import dev.escale.control.team.Joining;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Those who accept invitations: with an account, with one of a provider, or with a name alone. */
@Component
class Newcomers {
    private final Database database;
    private final Persons persons;
    private final Identities identities;
    private final Joining joining;

    Newcomers(Database database, Persons persons, Identities identities, Joining joining) {
        this.database = database;
        this.persons = persons;
        this.identities = identities;
        this.joining = joining;
    }

    /**
     * @param name as they call themselves
     */
    static Joining.Newcomer stranger(String name) {
        return new Joining.Newcomer("", name, Set.of());
    }

    Joining.Newcomer of(Person person) {
        return new Joining.Newcomer(person.id(), person.name(), addresses(person));
    }

    /**
     * @param person empty for somebody without an account here
     */
    Joining.Newcomer of(Optional<Person> person, Identified who) {
        Set<String> addresses = new HashSet<>(who.account().verifiedEmails());
        person.ifPresent(each -> addresses.addAll(addresses(each)));
        return new Joining.Newcomer(
                person.map(Person::id).orElse(""),
                person.map(Person::name)
                        .orElse(who.account().login() + " (" + who.provider().label() + ")"),
                addresses);
    }

    /** Joins with a new account. Without the membership there is no account either. */
    Person begin(Invitation invitation, String name, Origin origin) {
        ProblemException.throwIfAny(PersonName.faults(name));
        return database.write(
                invitation.team(),
                tx -> {
                    joining.check(invitation, stranger(name));
                    Person made = persons.make(name, invitation.email());
                    joining.accept(invitation, of(made), origin);
                    return made;
                });
    }

    private Set<String> addresses(Person person) {
        Set<String> all = new HashSet<>();
        Optional.ofNullable(person.email()).ifPresent(all::add);
        identities.all(person.id()).stream()
                .map(Identity::email)
                .forEach(email -> Optional.ofNullable(email).ifPresent(all::add));
        return all;
    }
}
