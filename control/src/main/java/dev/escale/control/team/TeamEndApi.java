package dev.escale.control.team;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an owner alone may do with a team, over REST. Both need their plan confirmed. */
@RestController
@RequestMapping("/api/v1/teams/{team}")
class TeamEndApi {
    private final Operations operations;
    private final TeamOperations offered;
    private final Answer answer;

    TeamEndApi(Operations operations, TeamOperations offered, Answer answer) {
        this.operations = operations;
        this.offered = offered;
        this.answer = answer;
    }

    /** Another member owns the team; whoever asks is an admin from then on. */
    @PutMapping("/owner")
    @Answers(TransferTeam.Transferred.class)
    ResponseEntity<Object> transfer(
            Actor actor,
            @PathVariable String team,
            @RequestBody TransferTeam.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(actor, offered.transfer(), input, Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    @DeleteMapping
    @Answers(RemoveTeam.Removed.class)
    ResponseEntity<Object> remove(
            Actor actor,
            @PathVariable String team,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(actor, offered.end(), new RemoveTeam.Input(), Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }
}
