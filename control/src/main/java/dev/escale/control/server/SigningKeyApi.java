package dev.escale.control.server;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/signing-keys}: the next key. */
@RestController
@RequestMapping("/api/v1/signing-keys")
class SigningKeyApi {
    private final Operations operations;
    private final RotateSigningKey rotate;
    private final Answer answer;

    SigningKeyApi(Operations operations, RotateSigningKey rotate, Answer answer) {
        this.answer = answer;
        this.operations = operations;
        this.rotate = rotate;
    }

    @PostMapping
    @Answers(RotateSigningKey.Rotated.class)
    ResponseEntity<Object> rotate(
            Actor actor, @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new RotateSigningKey.Input();
        return answer.of(
                operations.run(actor, rotate, input, Mode.dryRun(dryRun)),
                HttpStatus.CREATED,
                actor.locale());
    }
}
