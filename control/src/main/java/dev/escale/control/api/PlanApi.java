package dev.escale.control.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Plans;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans over REST. */
@RestController
@RequestMapping("/api/v1/plans")
class PlanApi {
    private final Plans plans;
    private final Operations operations;
    private final Answer answer;

    PlanApi(Plans plans, Operations operations, Answer answer) {
        this.plans = plans;
        this.operations = operations;
        this.answer = answer;
    }

    /**
     * The same as the dry run answered, in the language of this request.
     *
     * @param operation such as {@code app.remove}
     * @param applied whether it was used up
     */
    record Kept(String operation, boolean applied, @JsonUnwrapped Answer.PlanDocument document) {}

    @GetMapping("/{id}")
    Kept show(Actor actor, @PathVariable String id) {
        Plans.Shown kept = plans.shown(actor.team(), id);
        return new Kept(
                kept.operation(),
                kept.applied(),
                answer.document(kept.id(), kept.plan(), kept.expiresAt(), actor.locale()));
    }

    /** A dry run of a plan is the plan. */
    @PostMapping("/{id}/apply")
    Object apply(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        if (dryRun) {
            return show(actor, id);
        }
        Object value = operations.apply(actor, id);
        return value == null ? Map.of() : value;
    }
}
