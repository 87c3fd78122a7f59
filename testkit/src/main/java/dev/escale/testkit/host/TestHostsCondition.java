package dev.escale.testkit.host;

import dev.escale.testkit.program.Leftovers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** See {@link NeedsTestHosts}. */
public final class TestHostsCondition implements ExecutionCondition {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> reason = TestHosts.unavailable();
        if (reason.isEmpty()) {
            return ConditionEvaluationResult.enabled("test hosts can be had");
        }
        if (System.getenv("CI") != null) {
            throw new IllegalStateException(reason.get());
        }
        if (SAID.compareAndSet(false, true)) {
            Leftovers.add(
                    "last line",
                    () -> System.err.println("LEFT OUT: stories on real hosts. " + reason.get()));
        }
        return ConditionEvaluationResult.disabled(reason.get());
    }
}
