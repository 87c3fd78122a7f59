package dev.escale.control.account;

import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Identified;
import dev.escale.control.provider.ProviderException;
import dev.escale.control.provider.ProviderException.Kind;
import dev.escale.control.provider.Providers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads what a browser brings back from a provider, and asks the provider who it is. */
@Component
class ProviderAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderAnswer.class);
    private static final int LONGEST_CODE = 2000;

    private final Providers providers;

    ProviderAnswer(Providers providers) {
        this.providers = providers;
    }

    /**
     * @param code to be exchanged; once
     * @param error what came instead (RFC 6749, 4.1.2.1)
     * @throws ProblemException of a {@link SignInRefusal}
     */
    Identified read(SignInAttempt attempt, @Nullable String code, @Nullable String error) {
        if ("access_denied".equals(error)) {
            throw SignInRefusal.DENIED.exception(attempt.provider());
        }
        try {
            return identify(attempt, code, error);
        } catch (ProviderException failure) {
            LOG.atWarn()
                    .addKeyValue("provider", attempt.provider().text())
                    .addKeyValue("what", failure.getMessage())
                    .log("a provider let nobody in");
            SignInRefusal refusal = SignInRefusal.of(failure.kind());
            throw new ProblemException(refusal.problem(attempt.provider()), failure);
        }
    }

    private Identified identify(
            SignInAttempt attempt, @Nullable String code, @Nullable String error) {
        if (error != null) {
            throw new ProviderException(Kind.REFUSED, "it sent back the error " + error);
        }
        if (code == null || code.isEmpty() || code.length() > LONGEST_CODE) {
            throw new ProviderException(Kind.NONSENSE, "it sent back no code");
        }
        return providers
                .find(attempt.provider())
                .orElseThrow(() -> SignInRefusal.STATE.exception(attempt.provider()))
                .identify(code, attempt.verifier());
    }
}
