package dev.escale.control.account;

import dev.escale.control.operation.Fault;
import java.util.List;

/** What a person may be called. */
final class PersonName {
    private static final int LONGEST = 100;

    private PersonName() {}

    static List<Fault> faults(String given) {
        String name = given.strip();
        boolean fits =
                !name.isEmpty()
                        && name.length() <= LONGEST
                        && name.chars().noneMatch(Character::isISOControl);
        return fits
                ? List.of()
                : List.of(Fault.of("name", "person.name", "most", Integer.toString(LONGEST)));
    }
}
