package dev.escale.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a deployment's warnings, steps and what it waits for, each once. */
final class Course {
    private final Output output;
    private final Set<String> told = new HashSet<>();
    private @Nullable String reason;

    Course(Output output) {
        this.output = output;
    }

    void tell(Answers.Deployment deployment) {
        if (output.json()) {
            return;
        }
        List<Answers.Finding> findings = deployment.findings();
        if (findings != null) {
            findings.forEach(this::warning);
        }
        List<Answers.Step> steps = deployment.steps();
        if (steps != null) {
            steps.forEach(this::step);
        }
        if (!deployment.over()) {
            reason(deployment.reason());
        }
    }

    private void warning(Answers.Finding finding) {
        if (finding.what().equals("warning")
                && finding.text() != null
                && told.add("! " + finding.text())) {
            output.line("  ! " + finding.text());
        }
    }

    private void step(Answers.Step step) {
        boolean ended = !step.state().equalsIgnoreCase("working");
        if (!ended && step.text() != null && told.add("… " + step.text())) {
            output.line("  … " + step.text());
        }
        if (ended && told.add(step.step())) {
            output.line(
                    "  "
                            + sign(step)
                            + " "
                            + Words.say("step." + step.step().toUpperCase(Locale.ROOT))
                            + (step.seconds() == null
                                    ? ""
                                    : String.format("  %.1f s", step.seconds()))
                            + (step.text() == null ? "" : "  " + step.text()));
        }
    }

    private static String sign(Answers.Step step) {
        return switch (step.state()) {
            case "done" -> "✓";
            case "failed" -> "✗";
            default -> "–";
        };
    }

    private void reason(@Nullable String now) {
        if (now != null && !Objects.equals(now, reason)) {
            output.line("  … " + now);
        }
        reason = now;
    }
}
