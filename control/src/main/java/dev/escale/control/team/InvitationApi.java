package dev.escale.control.team;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Result;
import java.net.URI;
import org.jspecify.annotations.Nullable;
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

/** Invitations over REST. What they answer may hold a link, which nobody is to keep. */
@RestController
@RequestMapping("/api/v1/teams/{team}/invitations")
class InvitationApi {
    private final Operations operations;
    private final TeamOperations offered;
    private final TeamView view;
    private final Answer answer;

    InvitationApi(Operations operations, TeamOperations offered, TeamView view, Answer answer) {
        this.operations = operations;
        this.offered = offered;
        this.view = view;
        this.answer = answer;
    }

    /**
     * @param link lets one person in, once; it is not shown again. Null when it is on its way by
     *     mail
     */
    record NewInvitation(@Nullable URI link, TeamView.InvitationShown invitation) {
        @Override
        public String toString() {
            return "NewInvitation[•••]";
        }
    }

    @GetMapping
    ResponseEntity<TeamApi.Page<TeamView.InvitationShown>> list(
            Actor actor, @PathVariable String team) {
        String permission = offered.invite().permission();
        if (!actor.grants().everywhere(permission)) {
            throw ProblemException.of(403, "permission.missing", "permission", permission);
        }
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(TeamApi.Page.of(view.invitations(actor)));
    }

    @PostMapping
    @Answers(NewInvitation.class)
    ResponseEntity<Object> invite(
            Actor actor,
            @PathVariable String team,
            @RequestBody InviteMember.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return switch (operations.run(actor, offered.invite(), input, Mode.dryRun(dryRun))) {
            case Result.Planned<InviteMember.Invited> planned ->
                    answer.of(planned, HttpStatus.OK, actor.locale());
            case Result.Applied<InviteMember.Invited>(InviteMember.Invited invited) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .header("Cache-Control", "no-store")
                            .body(
                                    new NewInvitation(
                                            invited.link(),
                                            view.show(actor, invited.invitation())));
        };
    }

    /** Once more, what could not be delivered. */
    @PostMapping("/{id}/send")
    @Answers(SendInvitation.Sent.class)
    ResponseEntity<Object> send(
            Actor actor,
            @PathVariable String team,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(
                        actor, offered.send(), new SendInvitation.Input(id), Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    @DeleteMapping("/{id}")
    @Answers(Void.class)
    ResponseEntity<Object> revoke(
            Actor actor,
            @PathVariable String team,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.gone(
                operations.run(
                        actor,
                        offered.revoke(),
                        new RevokeInvitation.Input(id),
                        Mode.dryRun(dryRun)),
                actor.locale());
    }
}
