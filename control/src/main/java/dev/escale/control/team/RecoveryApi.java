package dev.escale.control.team;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Result;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sign-in links for members, over REST. */
@RestController
class RecoveryApi {
    private final Operations operations;
    private final RecoverMember recover;
    private final Answer answer;

    RecoveryApi(Operations operations, RecoverMember recover, Answer answer) {
        this.operations = operations;
        this.recover = recover;
        this.answer = answer;
    }

    @PostMapping("/api/v1/teams/{team}/members/{person}/sign-in-links")
    @Answers(RecoverMember.Made.class)
    ResponseEntity<Object> recover(
            Actor actor,
            @PathVariable String team,
            @PathVariable String person,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new RecoverMember.Input(person);
        return switch (operations.run(actor, recover, input, Mode.dryRun(dryRun))) {
            case Result.Planned<RecoverMember.Made> planned ->
                    answer.of(planned, HttpStatus.OK, actor.locale());
            case Result.Applied<RecoverMember.Made>(RecoverMember.Made made) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .header("Cache-Control", "no-store")
                            .body(made);
        };
    }
}
