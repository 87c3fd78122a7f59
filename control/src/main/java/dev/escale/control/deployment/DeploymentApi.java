package dev.escale.control.deployment;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.api.ReadAtOnce;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One deployment over REST, and its output. */
@RestController
@RequestMapping("/api/v1/deployments/{id}")
class DeploymentApi {
    private static final int MOST_LINES = 5_000;

    private final Operations operations;
    private final CancelDeployment cancel;
    private final DeploymentTargets targets;
    private final Deployments deployments;
    private final DeploymentOutputs outputs;
    private final DeploymentView view;
    private final Answer answer;

    DeploymentApi(
            Operations operations,
            CancelDeployment cancel,
            DeploymentTargets targets,
            Deployments deployments,
            DeploymentOutputs outputs,
            DeploymentView view,
            Answer answer) {
        this.operations = operations;
        this.cancel = cancel;
        this.targets = targets;
        this.deployments = deployments;
        this.outputs = outputs;
        this.view = view;
        this.answer = answer;
    }

    /**
     * @param next number of the line to go on from; null when the output has ended
     */
    record Log(List<Line> items, @Nullable Long next) {}

    /**
     * @param line number, from 1
     * @param millis since the deployment began on the server
     */
    record Line(long line, long millis, String source, String text) {
        static Line of(DeploymentOutputs.NumberedLine numbered) {
            return new Line(
                    numbered.number(),
                    numbered.line().millis(),
                    numbered.line().source(),
                    numbered.line().text());
        }
    }

    @ReadAtOnce
    @GetMapping
    DeploymentView.Shown show(Actor actor, @PathVariable String id) {
        Deployment deployment = targets.shown(actor, id);
        return view.show(
                deployment, deployments.steps(actor.team(), deployment.id()), actor.locale());
    }

    @PostMapping("/cancel")
    @Answers(Deployment.class)
    ResponseEntity<Object> cancel(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(actor, cancel, new CancelDeployment.Input(id), Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    /** Text, unless JSON is asked for by {@code format} or the Accept header. */
    @GetMapping("/log")
    ResponseEntity<Object> log(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "1") long from,
            @RequestParam(defaultValue = "") String format,
            @RequestHeader(value = "Accept", defaultValue = "*/*") String accept) {
        Deployment deployment = targets.shown(actor, id);
        boolean json =
                format.equals("json")
                        || format.isEmpty() && accept.contains(MediaType.APPLICATION_JSON_VALUE);
        return json
                ? ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(page(deployment, Math.max(1, from)))
                : ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("text/plain;charset=utf-8"))
                        .body(text(deployment, Math.max(1, from)));
    }

    private Log page(Deployment deployment, long from) {
        List<Line> lines =
                outputs.lines(deployment.team(), deployment.id(), from, MOST_LINES).stream()
                        .map(Line::of)
                        .toList();
        boolean more = !lines.isEmpty() || !deployment.ended();
        long next = lines.isEmpty() ? from : lines.getLast().line() + 1;
        return new Log(lines, more ? next : null);
    }

    private String text(Deployment deployment, long from) {
        var text = new StringBuilder();
        long next = from;
        while (true) {
            var lines = outputs.lines(deployment.team(), deployment.id(), next, MOST_LINES);
            if (lines.isEmpty()) {
                return text.toString();
            }
            lines.forEach(each -> text.append(each.line().text()).append('\n'));
            next = lines.getLast().number() + 1;
        }
    }
}
