package dev.escale.control.account;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Reads;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The accounts at providers that let whoever asks in, over REST. A browser alone links more. */
@RestController
@RequestMapping("/api/v1/me/identities")
class IdentityApi {
    private final IdentityRows rows;
    private final Actors actors;
    private final Operations operations;
    private final UnlinkIdentity unlink;
    private final Answer answer;

    IdentityApi(
            IdentityRows rows,
            Actors actors,
            Operations operations,
            UnlinkIdentity unlink,
            Answer answer) {
        this.rows = rows;
        this.actors = actors;
        this.operations = operations;
        this.unlink = unlink;
        this.answer = answer;
    }

    @GetMapping
    Items<IdentityRow> list(Actor actor) {
        Reads.checkOwn(actor, "identity");
        return Items.all(rows.of(actors.person(actor)));
    }

    @DeleteMapping("/{id}")
    @Answers(UnlinkIdentity.Unlinked.class)
    ResponseEntity<Object> unlink(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(actor, unlink, new UnlinkIdentity.Input(id), Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }
}
