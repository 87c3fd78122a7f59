package dev.escale.control.app;

import dev.escale.control.agentlink.AgentStreams;
import dev.escale.control.agentlink.StreamPart;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LiveFeed;
import dev.escale.protocol.Note;
import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import dev.escale.protocol.log.LogQuery;
import dev.escale.protocol.log.LogSource;
import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hands an app's output on to a page. A slow page makes the server wait. */
@Component
class AppOutputFeed implements LiveFeed {
    private static final int BACKLOG = 200;

    private final AppTargets apps;
    private final AgentStreams streams;
    private final Views views;

    AppOutputFeed(AppTargets apps, AgentStreams streams, Views views) {
        this.apps = apps;
        this.streams = streams;
        this.views = views;
    }

    @Override
    public String name() {
        return "app.output";
    }

    @Override
    public Running open(Page page, String subject, Sink sink) {
        Optional<App> app = apps.find(page.reader().actor(), new AppId(subject));
        if (app.isEmpty()) {
            return () -> {};
        }
        try {
            AgentStreams.Following following =
                    streams.follow(
                            app.get().team(),
                            app.get().server(),
                            page.reader().actor(),
                            new AgentStreams.Wanted(
                                    LogSource.app(subject, app.get().slug()),
                                    LogQuery.EVERYTHING,
                                    BACKLOG),
                            part -> draw(page, part).ifPresent(drawn -> hand(drawn, sink)));
            return following::close;
        } catch (ProblemException tooMany) {
            hand(gap(page, page.say("page.output.tooMany")), sink);
            return () -> {};
        }
    }

    /**
     * @return empty when there is nothing to see
     */
    private Optional<Drawing> draw(Page page, StreamPart part) {
        return switch (part) {
            case StreamPart.Interrupted() ->
                    Optional.of(gap(page, page.say("page.output.interrupted")));
            case StreamPart.Ended(Note why) -> Optional.of(gap(page, page.note(why)));
            case StreamPart.Lines(List<LogGap> gaps, List<LogLine> lines) ->
                    gaps.isEmpty() && lines.isEmpty()
                            ? Optional.empty()
                            : Optional.of(lines(page, gaps, lines));
        };
    }

    private Drawing lines(Page page, List<LogGap> gaps, List<LogLine> lines) {
        List<String> missing =
                gaps.stream()
                        .map(gap -> page.say(LogFormat.sentence(gap), "count", gap.lines()))
                        .toList();
        return Drawing.append(
                views.part(page, "app/outputlines", "gaps", missing, "lines", lines), 0, false);
    }

    private Drawing gap(Page page, String sentence) {
        return gap(page, output -> output.writeUserContent(sentence));
    }

    private Drawing gap(Page page, Content sentence) {
        return Drawing.append(views.part(page, "app/outputgap", "sentence", sentence), 0, false);
    }

    private static void hand(Drawing drawing, Sink sink) {
        try {
            sink.put(drawing);
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
    }
}
