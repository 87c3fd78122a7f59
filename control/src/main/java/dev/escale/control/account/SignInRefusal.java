package dev.escale.control.account;

import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Provider;
import dev.escale.control.provider.ProviderException;
import java.util.Arrays;
import java.util.Optional;

/** Why an account at a provider did not let somebody in. Each has its page. */
enum SignInRefusal {
    STATE(403, "signIn.state"),
    DENIED(403, "signIn.denied"),
    PROVIDER_REFUSED(502, "signIn.providerRefused"),
    PROVIDER_SILENT(504, "signIn.providerSilent"),
    PROVIDER_NONSENSE(502, "signIn.providerNonsense"),
    UNKNOWN_PERSON(403, "signIn.unknownPerson"),
    TAKEN(409, "identity.taken");

    private final int status;
    private final String code;

    SignInRefusal(int status, String code) {
        this.status = status;
        this.code = code;
    }

    String code() {
        return code;
    }

    Problem problem(Provider provider) {
        return Problem.of(status, code, "provider", provider.label());
    }

    ProblemException exception(Provider provider) {
        return new ProblemException(problem(provider));
    }

    static Optional<SignInRefusal> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }

    static SignInRefusal of(ProviderException.Kind kind) {
        return switch (kind) {
            case SILENT -> PROVIDER_SILENT;
            case NONSENSE -> PROVIDER_NONSENSE;
            case REFUSED -> PROVIDER_REFUSED;
        };
    }
}
