package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Result;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The account of whoever asks, over REST. */
@RestController
@RequestMapping("/api/v1")
class AccountApi {
    private final Teams teams;
    private final Tokens tokens;
    private final Sessions sessions;
    private final Actors actors;
    private final Operations operations;
    private final CreateToken createToken;
    private final RevokeToken revokeToken;
    private final RevokeSession revokeSession;

    AccountApi(
            Teams teams,
            Tokens tokens,
            Sessions sessions,
            Actors actors,
            Operations operations,
            CreateToken createToken,
            RevokeToken revokeToken,
            RevokeSession revokeSession) {
        this.teams = teams;
        this.tokens = tokens;
        this.sessions = sessions;
        this.actors = actors;
        this.operations = operations;
        this.createToken = createToken;
        this.revokeToken = revokeToken;
        this.revokeSession = revokeSession;
    }

    /**
     * @param type {@code person} or {@code token}
     */
    record Me(
            String type,
            String id,
            String person,
            String name,
            TeamView team,
            Set<String> permissions) {}

    record TeamView(String id, String slug, String name) {
        static TeamView of(Team team) {
            return new TeamView(team.id().value(), team.slug(), team.name());
        }
    }

    record Items<T>(List<T> items, @Nullable String next) {
        static <T> Items<T> all(List<T> items) {
            return new Items<>(items, null);
        }
    }

    /**
     * @param token the token itself; it is not shown again
     */
    record NewToken(String token, AccessToken details) {
        @Override
        public String toString() {
            return "NewToken[•••]";
        }
    }

    @GetMapping("/me")
    Me me(Actor actor) {
        return new Me(
                actor.type().text(),
                actor.id(),
                actors.person(actor),
                actor.name(),
                TeamView.of(teams.find(actor.team()).orElseThrow()),
                actor.permissions());
    }

    @GetMapping("/teams")
    Items<TeamView> teams(Actor actor) {
        return Items.all(teams.of(actors.person(actor)).stream().map(TeamView::of).toList());
    }

    @GetMapping("/tokens")
    Items<AccessToken> tokens(Actor actor) {
        return Items.all(tokens.all(actor.team(), actors.person(actor)));
    }

    @PostMapping("/tokens")
    ResponseEntity<NewToken> createToken(Actor actor, @RequestBody CreateToken.Input input) {
        Result<Tokens.Fresh> made = operations.run(actor, createToken, input, Mode.APPLY);
        Tokens.Fresh fresh = made.applied();
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Cache-Control", "no-store")
                .body(new NewToken(fresh.text(), fresh.token()));
    }

    @DeleteMapping("/tokens/{id}")
    ResponseEntity<Void> revokeToken(Actor actor, @PathVariable String id) {
        operations.run(actor, revokeToken, new RevokeToken.Input(id), Mode.APPLY);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/sessions")
    Items<Sessions.Shown> sessions(Actor actor) {
        return Items.all(sessions.all(actors.person(actor)));
    }

    @DeleteMapping("/sessions/{id}")
    ResponseEntity<Void> revokeSession(Actor actor, @PathVariable String id) {
        operations.run(actor, revokeSession, new RevokeSession.Input(id), Mode.APPLY);
        return ResponseEntity.noContent().build();
    }
}
