package dev.escale.control.operation;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plans over REST. */
@RestController
@RequestMapping("/api/v1/plans")
class PlanApi {
    private final Plans plans;
    private final Operations operations;

    PlanApi(Plans plans, Operations operations) {
        this.plans = plans;
        this.operations = operations;
    }

    @GetMapping("/{id}")
    Plans.Shown show(Actor actor, @PathVariable String id) {
        return plans.shown(actor.team(), id);
    }

    @PostMapping("/{id}/apply")
    Object apply(Actor actor, @PathVariable String id) {
        Object value = operations.apply(actor, id);
        return value == null ? Map.of() : value;
    }
}
