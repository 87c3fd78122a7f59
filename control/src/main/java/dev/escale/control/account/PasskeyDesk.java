package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import jakarta.servlet.http.HttpSession;
import org.springframework.stereotype.Component;

/** The two steps in which a browser makes a passkey: it is asked, and it answers. */
@Component
class PasskeyDesk {
    private final WebAuthn party;
    private final Passkeys passkeys;
    private final PasskeyChallenges challenges;
    private final Persons persons;
    private final Operations operations;
    private final CreatePasskey create;

    PasskeyDesk(
            WebAuthn party,
            Passkeys passkeys,
            PasskeyChallenges challenges,
            Persons persons,
            Operations operations,
            CreatePasskey create) {
        this.party = party;
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.persons = persons;
        this.operations = operations;
        this.create = create;
    }

    PasskeyOptions.Create options(Actor actor, HttpSession session) {
        Person person = persons.find(actor.id()).orElseThrow();
        return PasskeyOptions.create(
                party, person, challenges.make(session), passkeys.credentials(person.id()));
    }

    /**
     * @throws ProblemException 409 {@code passkey.late} when nothing was asked, or too long ago
     */
    void create(Actor actor, HttpSession session, String name, String credential) {
        String challenge =
                challenges
                        .take(session)
                        .orElseThrow(() -> ProblemException.of(409, "passkey.late"));
        operations.run(
                actor, create, new CreatePasskey.Input(name, credential, challenge), Mode.APPLY);
    }

    /**
     * @throws ProblemException 404 {@code passkey.unknown}
     */
    String name(Actor actor, String id) {
        return passkeys.find(actor.id(), id)
                .map(Passkey::name)
                .orElseThrow(() -> ProblemException.of(404, "passkey.unknown", "passkey", id));
    }
}
