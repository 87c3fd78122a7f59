package dev.escale.control.server;

import dev.escale.control.agentlink.Attempts;
import dev.escale.control.agentlink.Bounds;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.Jws;
import dev.escale.protocol.Registered;
import dev.escale.protocol.Registration;
import java.util.List;
import java.util.Locale;

/** Lets an agent in that brings a registration token. */
final class Enrolment {
    private static final int LONGEST_KEY = 100;

    private final TeamLookup teams;
    private final Database database;
    private final RegistrationTokens tokens;
    private final Operations operations;
    private final RegisterServer register;
    private final Attempts attempts;

    Enrolment(
            TeamLookup teams,
            Database database,
            RegistrationTokens tokens,
            Operations operations,
            RegisterServer register,
            Attempts attempts) {
        this.teams = teams;
        this.database = database;
        this.tokens = tokens;
        this.operations = operations;
        this.register = register;
        this.attempts = attempts;
    }

    /**
     * @param address that it comes from
     * @throws ProblemException {@code registration.tokenUnknown} (401), {@code …tokenUsed} (409),
     *     {@code …tokenExpired} (410), {@code …tooMany} (429), 422 for a key that is none
     */
    Registered register(Registration registration, String address) {
        if (!attempts.allowed(Origins.network(address))) {
            throw ProblemException.of(429, "registration.tooMany");
        }
        try {
            return registered(registration, address);
        } catch (ProblemException refused) {
            attempts.failed(Origins.network(address));
            throw refused;
        }
    }

    private Registered registered(Registration registration, String address) {
        checkKey(registration.publicKey());
        String hash = RegistrationTokens.hash(registration.token());
        TeamId team = teams.ofRegistrationToken(hash).orElseThrow(RegistrationTokens::unknown);
        var input =
                new RegisterServer.Input(
                        hash,
                        registration.publicKey(),
                        registration.version(),
                        Bounds.version(registration.agentVersion()),
                        Bounds.of(registration.facts()),
                        address);
        return operations.run(agent(team, hash, address), register, input, Mode.APPLY).applied();
    }

    private Actor agent(TeamId team, String hash, String address) {
        ServerId server = database.read(team, tx -> tokens.owner(tx, team, hash));
        return new Actor(
                ActorType.AGENT,
                server.value(),
                "agent",
                team,
                Grants.of(RegisterServer.NAME),
                new Origin(address, Origin.Via.AGENT),
                Locale.ENGLISH);
    }

    private static void checkKey(String publicKey) {
        if (publicKey.length() > LONGEST_KEY || !isKey(publicKey)) {
            ProblemException.throwIfAny(List.of(Fault.of("publicKey", "registration.publicKey")));
        }
    }

    private static boolean isKey(String publicKey) {
        try {
            Jws.publicKey(publicKey);
            return true;
        } catch (Jws.SignatureRefused | IllegalArgumentException notOne) {
            return false;
        }
    }
}
