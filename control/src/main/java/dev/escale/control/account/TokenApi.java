package dev.escale.control.account;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The access tokens of whoever asks, over REST. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokenApi {
    private final Tokens tokens;
    private final Actors actors;
    private final Operations operations;
    private final CreateToken create;
    private final RevokeToken revoke;

    TokenApi(
            Tokens tokens,
            Actors actors,
            Operations operations,
            CreateToken create,
            RevokeToken revoke) {
        this.tokens = tokens;
        this.actors = actors;
        this.operations = operations;
        this.create = create;
        this.revoke = revoke;
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
        return Items.all(tokens.all(actor.team(), actors.person(actor)));
    }

    @PostMapping
    ResponseEntity<NewToken> create(Actor actor, @RequestBody CreateToken.Input input) {
        Tokens.Fresh fresh = operations.run(actor, create, input, Mode.APPLY).applied();
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Cache-Control", "no-store")
                .body(new NewToken(fresh.text(), fresh.token()));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(Actor actor, @PathVariable String id) {
        operations.run(actor, revoke, new RevokeToken.Input(id), Mode.APPLY);
        return ResponseEntity.noContent().build();
    }
}
