package dev.escale.control.account;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Result;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The access tokens of whoever asks, over REST. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokenApi {
    private final Tokens tokens;
    private final Actors actors;
    private final Operations operations;
    private final Answer answer;
    private final Doors doors;

    /** What can be done to tokens. */
    private record Doors(CreateToken create, RevokeToken revoke) {}

    TokenApi(
            Tokens tokens,
            Actors actors,
            Operations operations,
            Answer answer,
            CreateToken create,
            RevokeToken revoke) {
        this.tokens = tokens;
        this.actors = actors;
        this.operations = operations;
        this.answer = answer;
        this.doors = new Doors(create, revoke);
    }

    /**
     * @param token the token itself; it is not shown again
     */
    record NewToken(String token, @JsonUnwrapped AccessToken details) {
        @Override
        public String toString() {
            return "NewToken[•••]";
        }
    }

    @GetMapping
    Items<AccessToken> list(Actor actor) {
        Reads.checkOwn(actor, "token");
        return Items.all(tokens.all(actor.team(), actors.person(actor)));
    }

    @PostMapping
    @Answers(NewToken.class)
    ResponseEntity<Object> create(
            Actor actor,
            @RequestBody CreateToken.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return switch (operations.run(actor, doors.create(), input, Mode.dryRun(dryRun))) {
            case Result.Planned<Tokens.Fresh> planned ->
                    answer.of(planned, HttpStatus.CREATED, actor.locale());
            case Result.Applied<Tokens.Fresh>(Tokens.Fresh fresh) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .header("Cache-Control", "no-store")
                            .body(new NewToken(fresh.text(), fresh.token()));
        };
    }

    @DeleteMapping("/{id}")
    @Answers(Void.class)
    ResponseEntity<Object> revoke(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.gone(
                operations.run(
                        actor, doors.revoke(), new RevokeToken.Input(id), Mode.dryRun(dryRun)),
                actor.locale());
    }
}
