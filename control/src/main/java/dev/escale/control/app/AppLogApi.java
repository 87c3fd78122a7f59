package dev.escale.control.app;

import dev.escale.control.agentlink.AgentStreams;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.server.Server;
import dev.escale.protocol.log.LogQuery;
import dev.escale.protocol.log.LogSource;
import dev.escale.protocol.log.QueryRefused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** An app's output over REST, as text or NDJSON; with {@code follow} until the reader goes. */
@RestController
@RequestMapping("/api/v1/apps/{app}/logs")
class AppLogApi {
    private final AppTargets targets;
    private final AgentStreams streams;
    private final JsonMapper json;
    private final Messages messages;

    AppLogApi(AppTargets targets, AgentStreams streams, JsonMapper json, Messages messages) {
        this.targets = targets;
        this.streams = streams;
        this.json = json;
        this.messages = messages;
    }

    @GetMapping
    void read(
            Actor actor,
            @PathVariable String app,
            @RequestParam(defaultValue = "200") int lines,
            @RequestParam(defaultValue = "false") boolean follow,
            @RequestParam(defaultValue = "text") String format,
            @RequestParam(defaultValue = "") String query,
            Locale locale,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        LogQuery asked = checked(lines, format, query);
        App found = targets.shown(actor, app);
        if (targets.server(found).filter(Server::online).isEmpty()) {
            throw ProblemException.of(
                    409,
                    "server.offline",
                    "server",
                    targets.server(found).map(Server::name).orElse(found.server().value()));
        }
        boolean asJson = format.equals("json");
        response.setContentType(
                asJson ? "application/x-ndjson;charset=utf-8" : "text/plain;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        var tail = new LogTail(asJson ? LogFormat.json(json) : LogFormat.text(messages, locale));
        try (var following =
                streams.follow(
                        found.team(),
                        found.server(),
                        actor,
                        new AgentStreams.Wanted(
                                LogSource.app(found.id().value(), found.slug()), asked, lines),
                        tail::offer)) {
            tail.copy(response.getOutputStream(), follow);
        }
    }

    private static LogQuery checked(int lines, String format, String query) {
        List<Fault> faults = new ArrayList<>();
        if (lines < 0 || lines > AgentStreams.Wanted.BACKLOG) {
            faults.add(
                    Fault.of(
                            "lines",
                            "app.outOfRange",
                            "least",
                            "0",
                            "most",
                            Integer.toString(AgentStreams.Wanted.BACKLOG)));
        }
        if (!format.equals("text") && !format.equals("json")) {
            faults.add(Fault.of("format", "app.formatUnknown", "known", "text, json"));
        }
        LogQuery asked = LogQuery.EVERYTHING;
        try {
            asked = LogQuery.parse(query);
        } catch (QueryRefused refused) {
            faults.add(Fault.of("query", refused.code(), "part", refused.part()));
        }
        ProblemException.throwIfAny(faults);
        return asked;
    }
}
