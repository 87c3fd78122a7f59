package dev.escale.control;

import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells why the start failed in one sentence on standard error, where we know the reason. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        Optional<StartRefused> refused = reason(failure);
        refused.ifPresent(StartFailures::print);
        return refused.isPresent();
    }

    static void print(StartRefused refused) {
        System.err.println(refused.getMessage());
    }

    private static Optional<StartRefused> reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return Optional.of(refused);
            }
            if (cause instanceof PortInUseException taken) {
                return Optional.of(
                        new StartRefused(
                                ("Port %d is taken by another program; set ESCALE_PORT to a free"
                                                + " one.")
                                        .formatted(taken.getPort())));
            }
        }
        return Optional.empty();
    }
}
