package dev.escale.control.account;

import dev.escale.control.operation.Fault;
import dev.escale.control.operation.ProblemException;
import java.util.List;

/** What a passkey may be called. */
final class PasskeyName {
    private static final int LONGEST = 100;

    private PasskeyName() {}

    /**
     * @throws ProblemException 422 when it is empty, too long or of several lines
     */
    static void check(String name) {
        if (name.isEmpty()
                || name.length() > LONGEST
                || name.chars().anyMatch(Character::isISOControl)) {
            ProblemException.throwIfAny(
                    List.of(Fault.of("name", "passkey.name", "most", "" + LONGEST)));
        }
    }
}
