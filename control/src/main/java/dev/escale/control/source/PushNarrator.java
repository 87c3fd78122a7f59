package dev.escale.control.source;

import dev.escale.control.ControlConfig;
import dev.escale.control.app.App;
import dev.escale.control.deployment.Deployment;
import dev.escale.control.deployment.DeploymentNotes;
import dev.escale.control.deployment.DeploymentOutputs;
import dev.escale.control.deployment.DeploymentState;
import dev.escale.control.deployment.DeploymentStep;
import dev.escale.control.deployment.Deployments;
import dev.escale.control.event.Events;
import dev.escale.control.team.Teams;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells a deployment's course to the terminal that pushed it. An event only wakes it: what it tells
 * it reads from the rows, so nothing is lost, and nobody waits for a slow terminal.
 */
@Component
class PushNarrator {
    /** Also proves to proxies, and to us, that both ends are still there. */
    private static final Duration KEEPALIVE = Duration.ofSeconds(10);

    private static final int LINES_OF_FAILURE = 15;

    private final Deployments deployments;
    private final DeploymentOutputs outputs;
    private final Events events;
    private final Teams teams;
    private final ControlConfig config;

    PushNarrator(
            Deployments deployments,
            DeploymentOutputs outputs,
            Events events,
            Teams teams,
            ControlConfig config) {
        this.deployments = deployments;
        this.outputs = outputs;
        this.events = events;
        this.teams = teams;
        this.config = config;
    }

    /**
     * Returns when the outcome is known, when only the server's return can change it, or nobody
     * listens.
     */
    void tell(App app, Deployment begun, PushVoice voice) {
        var news = new Semaphore(1);
        String topic = begun.id().topic();
        try (var subscribed =
                events.subscribe(begun.team(), topic::equals, event -> news.release())) {
            voice.say(
                    "push.queued",
                    "number",
                    Long.toString(begun.number()),
                    "app",
                    app.slug(),
                    "url",
                    page(app, begun));
            follow(begun, news, new Telling(voice));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Deployment begun, Semaphore news, Telling telling)
            throws InterruptedException {
        while (telling.voice.listening()) {
            boolean happened = news.tryAcquire(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS);
            news.drainPermits();
            Deployment now = deployments.find(begun.team(), begun.id()).orElse(begun);
            telling.steps(deployments.steps(begun.team(), begun.id()));
            telling.warnings(now.findings());
            if (now.state().decided()) {
                conclude(now, telling.voice);
                return;
            }
            Note waits = now.verdict().reason();
            telling.reason(waits);
            if (waits != null && waits.code().equals(DeploymentNotes.WAITS_FOR_SERVER)) {
                telling.voice.say("push.later");
                return;
            }
            if (!happened) {
                telling.alive();
            }
        }
    }

    private void conclude(Deployment deployment, PushVoice voice) {
        String url = deployment.url();
        if (deployment.state() == DeploymentState.LIVE) {
            voice.line("");
            voice.say("push.live", "url", url == null ? "" : url);
            return;
        }
        if (deployment.state() == DeploymentState.FAILED
                || deployment.state() == DeploymentState.ROLLED_BACK) {
            evidence(deployment).forEach(line -> voice.line("  | " + line));
        }
        voice.line("");
        voice.say(
                "push.ended",
                "number",
                Long.toString(deployment.number()),
                "status",
                voice.text("status." + deployment.state().text()));
        Note reason = deployment.verdict().reason();
        if (reason != null) {
            voice.line(voice.note(reason));
            voice.hint("note." + reason.code() + ".hint", reason.facts());
        }
    }

    private List<String> evidence(Deployment deployment) {
        var evidence = deployment.verdict().evidence();
        return evidence.isEmpty()
                ? outputs.last(deployment.team(), deployment.id(), LINES_OF_FAILURE).stream()
                        .map(numbered -> numbered.line().text())
                        .toList()
                : evidence.stream()
                        .skip(Math.max(0, evidence.size() - LINES_OF_FAILURE))
                        .map(line -> line.text())
                        .toList();
    }

    private String page(App app, Deployment deployment) {
        String team = teams.find(app.team()).map(each -> each.slug()).orElse(app.team().value());
        return "%s/%s/apps/%s/deployments/%s"
                .formatted(config.publicUrl(), team, app.slug(), deployment.id().value());
    }

    /** What was told already. */
    private static final class Telling {
        private final PushVoice voice;
        private final Set<Step> told = EnumSet.noneOf(Step.class);
        private final Set<Note> warned = new HashSet<>();
        private final Set<Note> explained = new HashSet<>();
        private @Nullable Note reason;
        private @Nullable Step working;

        Telling(PushVoice voice) {
            this.voice = voice;
        }

        void steps(List<DeploymentStep> steps) {
            for (DeploymentStep step : steps) {
                if (step.state() == StepState.WORKING) {
                    working = step.step();
                    explain(step.note());
                } else if (told.add(step.step())) {
                    voice.line("  " + sign(step.state()) + " " + words(step));
                }
            }
        }

        private void explain(@Nullable Note note) {
            if (note != null && explained.add(note)) {
                voice.line("  … " + voice.note(note));
            }
        }

        void warnings(List<Finding> findings) {
            for (Finding finding : findings) {
                Note warning = finding.what().equals("warning") ? finding.note() : null;
                if (warning != null && warned.add(warning)) {
                    voice.line("  ! " + voice.note(warning));
                }
            }
        }

        void reason(@Nullable Note now) {
            if (now != null && !now.equals(reason)) {
                voice.line("  " + voice.note(now));
            }
            reason = now;
        }

        void alive() {
            voice.line("  … " + (working == null ? "" : voice.text("step." + working)));
        }

        private String words(DeploymentStep step) {
            Double seconds = step.seconds();
            Note note = step.note();
            return voice.text("step." + step.step())
                    + (seconds == null ? "" : String.format(voice.locale(), "  %.1f s", seconds))
                    + (note == null ? "" : "  " + voice.note(note));
        }

        private static String sign(StepState state) {
            return switch (state) {
                case WORKING -> "…";
                case DONE -> "✓";
                case FAILED -> "✗";
                case SKIPPED, STOPPED -> "–";
            };
        }
    }
}
