package dev.escale.control.account;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Reads;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The passkeys of whoever asks, over REST. They are made on the page, by a browser. */
@RestController
@RequestMapping("/api/v1/passkeys")
class PasskeyApi {
    private final Passkeys passkeys;
    private final Actors actors;
    private final Operations operations;
    private final UpdatePasskey update;
    private final RemovePasskey remove;
    private final Answer answer;

    PasskeyApi(
            Passkeys passkeys,
            Actors actors,
            Operations operations,
            UpdatePasskey update,
            RemovePasskey remove,
            Answer answer) {
        this.passkeys = passkeys;
        this.actors = actors;
        this.operations = operations;
        this.update = update;
        this.remove = remove;
        this.answer = answer;
    }

    @GetMapping
    Items<Passkey> list(Actor actor) {
        Reads.checkOwn(actor, "passkey");
        return Items.all(passkeys.all(actors.person(actor)));
    }

    /** What of a passkey can be changed. */
    record Changes(@Nullable String name) {}

    @PatchMapping("/{id}")
    @Answers(Passkey.class)
    ResponseEntity<Object> update(
            Actor actor,
            @PathVariable String id,
            @RequestBody Changes changes,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new UpdatePasskey.Input(id, Objects.requireNonNullElse(changes.name(), ""));
        return answer.of(
                operations.run(actor, update, input, Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    @DeleteMapping("/{id}")
    @Answers(Void.class)
    ResponseEntity<Object> remove(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.gone(
                operations.run(actor, remove, new RemovePasskey.Input(id), Mode.dryRun(dryRun)),
                actor.locale());
    }
}
