package dev.escale.control.account;

import org.springframework.stereotype.Component;

/** For the first owner, the control plane prints a one-time link whenever it is told to. */
@Component
class OwnersLink {
    private final Persons persons;

    OwnersLink(Persons persons) {
        this.persons = persons;
    }

    boolean isFor(String person) {
        return persons.first().filter(first -> first.id().equals(person)).isPresent();
    }
}
