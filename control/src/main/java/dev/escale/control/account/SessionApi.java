package dev.escale.control.account;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Reads;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The browsers in which whoever asks is signed in, over REST. */
@RestController
@RequestMapping("/api/v1/sessions")
class SessionApi {
    private final Sessions sessions;
    private final Actors actors;
    private final Operations operations;
    private final RevokeSession revoke;
    private final RevokeSessions revokeAll;
    private final Answer answer;

    SessionApi(
            Sessions sessions,
            Actors actors,
            Operations operations,
            RevokeSession revoke,
            RevokeSessions revokeAll,
            Answer answer) {
        this.revokeAll = revokeAll;
        this.answer = answer;
        this.sessions = sessions;
        this.actors = actors;
        this.operations = operations;
        this.revoke = revoke;
    }

    @GetMapping
    Items<Sessions.Shown> list(Actor actor) {
        Reads.checkOwn(actor, "session");
        return Items.all(sessions.all(actors.person(actor)));
    }

    @DeleteMapping("/{id}")
    @Answers(Void.class)
    ResponseEntity<Object> revoke(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.gone(
                operations.run(actor, revoke, new RevokeSession.Input(id), Mode.dryRun(dryRun)),
                actor.locale());
    }

    /**
     * @param kept id of the one that goes on
     */
    @DeleteMapping
    @Answers(Void.class)
    ResponseEntity<Object> revokeAll(
            Actor actor,
            @RequestParam @Nullable String kept,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.gone(
                operations.run(
                        actor, revokeAll, new RevokeSessions.Input(kept), Mode.dryRun(dryRun)),
                actor.locale());
    }
}
