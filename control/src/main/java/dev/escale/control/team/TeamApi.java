package dev.escale.control.team;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.api.ReadAtOnce;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Permissions;
import dev.escale.control.operation.Result;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Teams, members and roles over REST. {@code team} in a path is a slug. */
@RestController
@RequestMapping("/api/v1/teams")
class TeamApi {
    private final Operations operations;
    private final TeamOperations offered;
    private final TeamView view;
    private final Permissions permissions;
    private final Rights rights;
    private final Answer answer;

    TeamApi(
            Operations operations,
            TeamOperations offered,
            TeamView view,
            Permissions permissions,
            Rights rights,
            Answer answer) {
        this.operations = operations;
        this.offered = offered;
        this.view = view;
        this.permissions = permissions;
        this.rights = rights;
        this.answer = answer;
    }

    /** A list of one page. */
    record Page<T>(List<T> items, @Nullable String next) {
        static <T> Page<T> of(List<T> items) {
            return new Page<>(items, null);
        }
    }

    /**
     * @param having {@code everywhere}, {@code somewhere} or {@code nowhere}
     * @param givers names of the members who could give it
     */
    record RightShown(
            String permission,
            String having,
            List<TeamView.RoleShown> roles,
            List<String> givers) {}

    record Grants(@Nullable List<@Nullable GrantInput> grants) {}

    record RoleChanges(@Nullable String name, @Nullable Set<@Nullable String> permissions) {}

    @PostMapping
    @Answers(TeamView.TeamShown.class)
    ResponseEntity<Object> create(
            Actor actor,
            @RequestBody CreateTeam.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return switch (operations.run(actor, offered.create(), input, Mode.dryRun(dryRun))) {
            case Result.Planned<Team> planned -> planned(planned, actor);
            case Result.Applied<Team>(Team team) ->
                    ResponseEntity.status(HttpStatus.CREATED).body(TeamView.TeamShown.of(team));
        };
    }

    @ReadAtOnce
    @GetMapping("/{team}")
    TeamView.TeamShown show(Actor actor, @PathVariable String team) {
        return view.team(actor);
    }

    @PatchMapping("/{team}")
    @Answers(TeamView.TeamShown.class)
    ResponseEntity<Object> rename(
            Actor actor,
            @PathVariable String team,
            @RequestBody UpdateTeam.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return switch (operations.run(actor, offered.update(), input, Mode.dryRun(dryRun))) {
            case Result.Planned<Team> planned -> planned(planned, actor);
            case Result.Applied<Team>(Team renamed) ->
                    ResponseEntity.ok(TeamView.TeamShown.of(renamed));
        };
    }

    @ReadAtOnce
    @GetMapping("/{team}/members")
    Page<TeamView.MemberShown> members(Actor actor, @PathVariable String team) {
        return Page.of(view.members(actor));
    }

    @PatchMapping("/{team}/members/{person}")
    @Answers(TeamView.MemberShown.class)
    ResponseEntity<Object> change(
            Actor actor,
            @PathVariable String team,
            @PathVariable String person,
            @RequestBody Grants body,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new UpdateMember.Input(person, body.grants());
        return switch (operations.run(actor, offered.change(), input, Mode.dryRun(dryRun))) {
            case Result.Planned<Member> planned -> planned(planned, actor);
            case Result.Applied<Member>(Member member) ->
                    ResponseEntity.ok(view.show(actor, member));
        };
    }

    @DeleteMapping("/{team}/members/{person}")
    @Answers(Void.class)
    ResponseEntity<Object> remove(
            Actor actor,
            @PathVariable String team,
            @PathVariable String person,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.gone(
                operations.run(
                        actor,
                        offered.remove(),
                        new RemoveMember.Input(person),
                        Mode.dryRun(dryRun)),
                actor.locale());
    }

    @ReadAtOnce
    @GetMapping("/{team}/roles")
    Page<TeamView.RoleShown> roles(Actor actor, @PathVariable String team) {
        return Page.of(view.roles(actor));
    }

    /** All that a role can be made of. */
    @GetMapping("/{team}/permissions")
    Page<String> permissions(Actor actor, @PathVariable String team) {
        return Page.of(List.copyOf(permissions.all()));
    }

    /** Why somebody can or cannot do something. */
    @GetMapping("/{team}/permissions/{id}")
    RightShown right(Actor actor, @PathVariable String team, @PathVariable String id) {
        Right right = rights.of(actor, id);
        return new RightShown(
                right.name(),
                right.having().name().toLowerCase(Locale.ROOT),
                right.roles(),
                right.givers());
    }

    @PostMapping("/{team}/roles")
    @Answers(TeamView.RoleShown.class)
    ResponseEntity<Object> makeRole(
            Actor actor,
            @PathVariable String team,
            @RequestBody CreateRole.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return switch (operations.run(actor, offered.makeRole(), input, Mode.dryRun(dryRun))) {
            case Result.Planned<Role> planned -> planned(planned, actor);
            case Result.Applied<Role>(Role role) ->
                    ResponseEntity.status(HttpStatus.CREATED).body(TeamView.RoleShown.of(role));
        };
    }

    @PatchMapping("/{team}/roles/{id}")
    @Answers(TeamView.RoleShown.class)
    ResponseEntity<Object> changeRole(
            Actor actor,
            @PathVariable String team,
            @PathVariable String id,
            @RequestBody RoleChanges body,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new UpdateRole.Input(id, body.name(), body.permissions());
        return switch (operations.run(actor, offered.changeRole(), input, Mode.dryRun(dryRun))) {
            case Result.Planned<Role> planned -> planned(planned, actor);
            case Result.Applied<Role>(Role role) -> ResponseEntity.ok(TeamView.RoleShown.of(role));
        };
    }

    @DeleteMapping("/{team}/roles/{id}")
    @Answers(Void.class)
    ResponseEntity<Object> removeRole(
            Actor actor,
            @PathVariable String team,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.gone(
                operations.run(
                        actor, offered.removeRole(), new RemoveRole.Input(id), Mode.dryRun(dryRun)),
                actor.locale());
    }

    private ResponseEntity<Object> planned(Result.Planned<?> planned, Actor actor) {
        return answer.of(planned, HttpStatus.OK, actor.locale());
    }
}
