package dev.escale.cli;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Waits for a deployment and tells its course. Mixed into commands that begin one. */
final class Following {
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** So long the control plane may give no answer: it takes seconds to start again. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--no-wait", descriptionKey = "option.noWait")
    private boolean leaveAlone;

    /**
     * @param answer JSON of the deployment that was asked for
     */
    void follow(ControlPlane control, String answer, Output output) {
        var deployment = ControlPlane.read(Answers.Deployment.class, answer);
        String number = String.valueOf(deployment.number());
        if (leaveAlone) {
            output.print(answer, body -> List.of(Words.say("deploy.asked", number)));
            return;
        }
        if (!output.json()) {
            output.line(Words.say("deploy.asked", number));
        }
        conclude(untilOver(control, deployment, new Course(output)), output);
    }

    private static String untilOver(ControlPlane control, Answers.Deployment asked, Course course) {
        long heard = System.nanoTime();
        while (true) {
            try {
                String answer = control.get("deployments/" + asked.id());
                heard = System.nanoTime();
                var deployment = ControlPlane.read(Answers.Deployment.class, answer);
                course.tell(deployment);
                if (deployment.over() || deployment.waitsForServer()) {
                    return answer;
                }
            } catch (Unreachable silence) {
                if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                    throw new Refusal(
                            Words.say(
                                    "deploy.goesOn",
                                    String.valueOf(silence.getMessage()),
                                    String.valueOf(asked.number())),
                            silence);
                }
            }
            pause();
        }
    }

    private static void conclude(String answer, Output output) {
        var deployment = ControlPlane.read(Answers.Deployment.class, answer);
        boolean skipped = deployment.status().equals("skipped") && deployment.reason() != null;
        output.print(
                answer,
                body ->
                        skipped
                                ? List.of(ending(deployment), String.valueOf(deployment.reason()))
                                : List.of(ending(deployment)));
        if (deployment.over()
                && !deployment.status().equals("live")
                && !deployment.status().equals("skipped")) {
            throw new Refusal(
                    deployment.reason() == null ? ending(deployment) : deployment.reason());
        }
    }

    private static String ending(Answers.Deployment deployment) {
        if (!deployment.over()) {
            return Words.say("deploy.later");
        }
        return deployment.status().equals("live")
                ? Words.say("deploy.live", Answers.text(deployment.url()))
                : Words.say("deploy.ended", Words.say("status." + deployment.status()));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }
}
