package dev.escale.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Waits for a deployment and tells its steps as they end. Mixed into commands that begin one. */
final class Following {
    @Option(names = "--no-wait", descriptionKey = "option.noWait")
    private boolean leaveAlone;

    /**
     * @param answer JSON of the deployment that began
     */
    void follow(ControlPlane control, String answer, Output output) {
        var deployment = ControlPlane.read(Answers.Deployment.class, answer);
        if (leaveAlone) {
            output.print(
                    answer,
                    body ->
                            List.of(
                                    Words.say(
                                            "deploy.began", String.valueOf(deployment.number()))));
            return;
        }
        if (!output.json()) {
            output.line(Words.say("deploy.began", String.valueOf(deployment.number())));
        }
        String last = untilOver(control, deployment, output);
        conclude(last, output);
    }

    private static String untilOver(ControlPlane control, Answers.Deployment began, Output output) {
        Set<String> told = new HashSet<>();
        while (true) {
            String answer = control.get("deployments/" + began.id());
            var deployment = ControlPlane.read(Answers.Deployment.class, answer);
            if (!output.json()) {
                tell(deployment, told, output);
            }
            if (deployment.over()) {
                return answer;
            }
            pause();
        }
    }

    private static void tell(Answers.Deployment deployment, Set<String> told, Output output) {
        if (deployment.findings() != null) {
            deployment.findings().stream()
                    .filter(finding -> finding.what().equals("warning") && finding.text() != null)
                    .filter(finding -> told.add("! " + finding.text()))
                    .forEach(finding -> output.line("  ! " + finding.text()));
        }
        if (deployment.steps() == null) {
            return;
        }
        for (Answers.Step step : deployment.steps()) {
            boolean ended = !step.state().equalsIgnoreCase("working");
            if (ended && told.add(step.step())) {
                output.line(
                        "  "
                                + sign(step)
                                + " "
                                + Words.say(
                                        "step." + step.step().toUpperCase(java.util.Locale.ROOT))
                                + seconds(step)
                                + (step.text() == null ? "" : "  " + step.text()));
            }
        }
    }

    private static String seconds(Answers.Step step) {
        return step.seconds() == null ? "" : String.format("  %.1f s", step.seconds());
    }

    private static String sign(Answers.Step step) {
        return switch (step.state()) {
            case "done" -> "✓";
            case "failed" -> "✗";
            default -> "–";
        };
    }

    private static void conclude(String answer, Output output) {
        var deployment = ControlPlane.read(Answers.Deployment.class, answer);
        output.print(
                answer,
                body ->
                        List.of(
                                deployment.status().equals("live")
                                        ? Words.say("deploy.live", Answers.text(deployment.url()))
                                        : Words.say(
                                                "deploy.ended",
                                                Words.say("status." + deployment.status()))));
        if (!deployment.status().equals("live") && !deployment.status().equals("skipped")) {
            throw new Refusal(
                    deployment.reason() == null
                            ? Words.say("deploy.ended", Words.say("status." + deployment.status()))
                            : deployment.reason());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }
}
