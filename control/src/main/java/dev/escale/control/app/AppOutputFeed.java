package dev.escale.control.app;

import dev.escale.control.agentlink.AgentStreams;
import dev.escale.control.agentlink.StreamPart;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LiveFeed;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hands an app's output on to a page. A slow page makes the stream before it drop and count. */
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
                            subject,
                            BACKLOG,
                            part -> hand(draw(page, part), sink));
            return following::close;
        } catch (ProblemException tooMany) {
            hand(gap(page, "page.output.tooMany"), sink);
            return () -> {};
        }
    }

    private Drawing draw(Page page, StreamPart part) {
        return switch (part) {
            case StreamPart.Interrupted() -> gap(page, "page.output.interrupted");
            case StreamPart.Lines lines ->
                    Drawing.append(
                            views.part(
                                    page,
                                    "app/outputlines",
                                    "dropped",
                                    lines.dropped(),
                                    "lines",
                                    lines.lines()),
                            0,
                            false);
        };
    }

    private Drawing gap(Page page, String key) {
        return Drawing.append(views.part(page, "app/outputgap", "key", key), 0, false);
    }

    private static void hand(Drawing drawing, Sink sink) {
        try {
            sink.put(drawing);
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
    }
}
