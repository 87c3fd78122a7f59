package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.api.ReadAtOnce;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.Metrics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Servers over REST. Wherever an id stands, the server's name does too. */
@RestController
@RequestMapping("/api/v1/servers")
class ServerApi {
    static final String READ = "server.read";
    private static final int MOST = 500;

    private final ServerTargets targets;
    private final ServerMetrics metrics;
    private final Operations operations;
    private final ServerOperations offered;
    private final Answer answer;

    ServerApi(
            ServerTargets targets,
            ServerMetrics metrics,
            Operations operations,
            ServerOperations offered,
            Answer answer) {
        this.targets = targets;
        this.metrics = metrics;
        this.operations = operations;
        this.offered = offered;
        this.answer = answer;
    }

    /**
     * @param next cursor of the next page; null on the last
     */
    record Page(List<ServerDocument> items, @Nullable String next) {}

    /**
     * @param latest of the last seconds; null while the server is away
     * @param items one a minute, oldest first
     */
    record Measured(@Nullable Metrics latest, List<Metrics> items) {}

    record Name(@Nullable String name) {}

    @ReadAtOnce
    @GetMapping
    Page list(
            Actor actor,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            ProblemException.throwIfAny(
                    List.of(Fault.of("limit", "input.range", "from", "1", "to", "" + MOST)));
        }
        List<Server> rest =
                targets.all(actor).stream()
                        .dropWhile(server -> cursor != null && !server.id().value().equals(cursor))
                        .skip(cursor == null ? 0 : 1)
                        .toList();
        List<Server> shown = rest.subList(0, Math.min(limit, rest.size()));
        return new Page(
                shown.stream().map(ServerDocument::of).toList(),
                rest.size() > limit ? shown.getLast().id().value() : null);
    }

    @ReadAtOnce
    @GetMapping("/{id}")
    ServerDocument show(Actor actor, @PathVariable String id) {
        return ServerDocument.of(targets.shown(actor, id));
    }

    @GetMapping("/{id}/metrics")
    Measured metrics(Actor actor, @PathVariable String id, @RequestParam @Nullable Instant since) {
        ServerId server = targets.shown(actor, id).id();
        Instant from = since == null ? Instant.EPOCH : since;
        return new Measured(
                metrics.latest(server).orElse(null), metrics.since(actor.team(), server, from));
    }

    @PostMapping
    @Answers(ServerAdded.class)
    ResponseEntity<Object> add(
            Actor actor,
            @RequestBody Name body,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new AddServer.Input(body.name());
        return run(actor, offered.add(), input, dryRun, HttpStatus.CREATED);
    }

    @PatchMapping("/{id}")
    @Answers(Server.class)
    ResponseEntity<Object> rename(
            Actor actor,
            @PathVariable String id,
            @RequestBody Name body,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new RenameServer.Input(id, body.name());
        return run(actor, offered.rename(), input, dryRun, HttpStatus.OK);
    }

    @PostMapping("/{id}/registration-tokens")
    @Answers(ServerAdded.class)
    ResponseEntity<Object> token(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new RenewToken.Input(id);
        return run(actor, offered.token(), input, dryRun, HttpStatus.CREATED);
    }

    @DeleteMapping("/{id}")
    @Answers(RemoveServer.Removal.class)
    ResponseEntity<Object> remove(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return run(actor, offered.remove(), new RemoveServer.Input(id), dryRun, HttpStatus.OK);
    }

    private <I extends Record> ResponseEntity<Object> run(
            Actor actor, Operation<I, ?> operation, I input, boolean dryRun, HttpStatus applied) {
        var result = operations.run(actor, operation, input, Mode.dryRun(dryRun));
        return answer.of(result, applied, actor.locale());
    }
}
