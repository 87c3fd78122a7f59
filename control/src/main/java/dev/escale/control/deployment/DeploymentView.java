package dev.escale.control.deployment;

import dev.escale.control.language.Messages;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Deployments as REST shows them, in the reader's language. */
@Component
class DeploymentView {
    private final Messages messages;

    DeploymentView(Messages messages) {
        this.messages = messages;
    }

    /**
     * @param reason a sentence; null when there is nothing to explain
     * @param reasonCode the same for programs
     * @param steps null in lists
     */
    record Shown(
            String id,
            String app,
            String server,
            long number,
            String status,
            boolean current,
            String path,
            String trigger,
            ActorShown actor,
            @Nullable String ref,
            @Nullable String commit,
            @Nullable String subject,
            @Nullable String author,
            @Nullable Long release,
            @Nullable String url,
            @Nullable String reason,
            @Nullable String reasonCode,
            @Nullable String hint,
            List<OutputLine> evidence,
            List<FindingShown> findings,
            @Nullable List<StepShown> steps,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant switchedAt,
            @Nullable Instant endedAt) {}

    /**
     * @param text what a person should know of it
     */
    record FindingShown(String what, String value, String from, @Nullable String text) {}

    record ActorShown(String type, String id, String name) {}

    record StepShown(
            String step,
            String state,
            Instant changedAt,
            @Nullable Double seconds,
            @Nullable String text) {}

    Shown show(Deployment deployment, @Nullable List<DeploymentStep> steps, Locale locale) {
        Note reason = deployment.verdict().reason();
        Revision revision = deployment.revision();
        Deployment.Course course = deployment.course();
        Asker asker = deployment.asker();
        return new Shown(
                deployment.id().value(),
                deployment.app().value(),
                deployment.server().value(),
                deployment.number(),
                deployment.state().text(),
                deployment.current(),
                deployment.path(),
                deployment.trigger().text(),
                new ActorShown(asker.type().text(), asker.id(), asker.name()),
                revision.ref(),
                revision.commit(),
                revision.subject(),
                revision.author(),
                deployment.release(),
                deployment.url(),
                reason == null ? null : messages.note(locale, reason),
                reason == null ? null : reason.code(),
                reason == null ? null : hint(reason, locale),
                deployment.verdict().evidence(),
                deployment.findings().stream().map(each -> finding(each, locale)).toList(),
                steps == null ? null : steps.stream().map(each -> step(each, locale)).toList(),
                course.queuedAt(),
                course.startedAt(),
                course.switchedAt(),
                course.endedAt());
    }

    private @Nullable String hint(Note reason, Locale locale) {
        return messages.find(locale, "note." + reason.code() + ".hint", reason.facts())
                .orElse(null);
    }

    private FindingShown finding(Finding finding, Locale locale) {
        Note note = finding.note();
        return new FindingShown(
                finding.what(),
                finding.value(),
                finding.from(),
                note == null ? null : messages.note(locale, note));
    }

    private StepShown step(DeploymentStep step, Locale locale) {
        Note note = step.note();
        return new StepShown(
                step.step().name(),
                step.state().name().toLowerCase(Locale.ROOT),
                step.changedAt(),
                step.seconds(),
                note == null ? null : messages.note(locale, note));
    }
}
