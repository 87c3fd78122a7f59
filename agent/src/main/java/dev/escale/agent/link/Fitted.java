package dev.escale.agent.link;

import dev.escale.protocol.Codec;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts reports to what the control plane takes in one message, 1 MiB: one that is larger would be
 * sent, refused and sent again for ever, and hold up all behind it. Output is in bounded batches
 * already.
 */
final class Fitted {
    private static final int MESSAGE = 900 << 10;
    private static final int TEXT = 4_000;
    private static final int SUBJECT = 500;
    private static final int ITEMS = 100;
    private static final int HOLDINGS = 2_000;

    private Fitted() {}

    static Report of(Report report) {
        return switch (report) {
            case Report.Output output -> output;
            case Report.Switched switched -> switched;
            case Report.CertificateWanted wanted -> wanted;
            case Report.Dropped dropped -> dropped;
            case Report.CommandDone(String command, Outcome outcome) ->
                    new Report.CommandDone(command, of(outcome));
            case Report.StepChanged step ->
                    new Report.StepChanged(
                            step.deployment(),
                            step.step(),
                            step.state(),
                            step.at(),
                            step.seconds(),
                            of(step.note()));
            case Report.Detected detected -> of(detected);
            case Report.Ended ended ->
                    new Report.Ended(
                            ended.deployment(),
                            ended.app(),
                            ended.ending(),
                            ended.serving(),
                            of(ended.reason()),
                            ended.evidence());
            case Report.AppChanged(String app, var state, Note note) ->
                    new Report.AppChanged(app, state, of(note));
        };
    }

    private static Report of(Report.Detected found) {
        var cut =
                new Report.Detected(
                        found.deployment(),
                        of(found.commit(), SUBJECT),
                        of(found.subject(), SUBJECT),
                        of(found.author(), SUBJECT),
                        found.findings().stream().limit(ITEMS).map(Fitted::of).toList());
        return Codec.write(Report.class, cut).length() < MESSAGE
                ? cut
                : new Report.Detected(
                        cut.deployment(), cut.commit(), cut.subject(), cut.author(), List.of());
    }

    private static Finding of(Finding finding) {
        return new Finding(
                of(finding.what(), SUBJECT),
                of(finding.value(), SUBJECT),
                of(finding.from(), SUBJECT),
                of(finding.note()));
    }

    private static Outcome of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.NotUnderstood not -> not;
            case Outcome.Failed(Note reason) -> new Outcome.Failed(cut(reason));
            case Outcome.Refused(Note reason) -> new Outcome.Refused(cut(reason));
            case Outcome.Surveyed(var holdings) ->
                    new Outcome.Surveyed(holdings.stream().limit(HOLDINGS).toList());
        };
    }

    private static @Nullable Note of(@Nullable Note note) {
        return note == null ? null : cut(note);
    }

    private static Note cut(Note note) {
        var facts = new HashMap<String, String>();
        note.facts().entrySet().stream()
                .limit(ITEMS / 10)
                .forEach(fact -> facts.put(fact.getKey(), of(fact.getValue(), TEXT)));
        return new Note(note.code(), facts);
    }

    private static String of(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(length - 2));
        return text.substring(0, pair ? length - 2 : length - 1) + "…";
    }
}
