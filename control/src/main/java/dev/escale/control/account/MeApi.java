package dev.escale.control.account;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.api.ReadAtOnce;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Reads;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who asks, and for which teams they may ask, over REST. */
@RestController
@RequestMapping("/api/v1")
class MeApi {
    private final Teams teams;
    private final Actors actors;
    private final IdentityRows identities;
    private final Persons persons;
    private final Operations operations;
    private final UpdatePerson update;
    private final Answer answer;

    MeApi(
            Teams teams,
            Actors actors,
            Persons persons,
            IdentityRows identities,
            Operations operations,
            UpdatePerson update,
            Answer answer) {
        this.identities = identities;
        this.teams = teams;
        this.actors = actors;
        this.persons = persons;
        this.operations = operations;
        this.update = update;
        this.answer = answer;
    }

    /**
     * @param type {@code person} or {@code token}
     * @param email null also for a token that was narrowed to other things; it sees no identities
     *     either
     * @param language as in {@link PersonShown}, like what follows
     */
    record Me(
            String type,
            String id,
            String person,
            String name,
            @Nullable String email,
            @Nullable String language,
            @Nullable String theme,
            @Nullable String timeZone,
            TeamView team,
            Set<String> permissions,
            List<IdentityRow> identities) {}

    record TeamView(String id, String slug, String name) {
        static TeamView of(Team team) {
            return new TeamView(team.id().value(), team.slug(), team.name());
        }
    }

    @ReadAtOnce
    @GetMapping("/me")
    Me show(Actor actor) {
        PersonShown person = PersonShown.of(persons.find(actors.person(actor)).orElseThrow());
        return new Me(
                actor.type().text(),
                actor.id(),
                person.id(),
                person.name(),
                Reads.mayOwn(actor, "person") ? person.email() : null,
                person.language(),
                person.theme(),
                person.timeZone(),
                TeamView.of(teams.find(actor.team()).orElseThrow()),
                actor.grants().names(),
                Reads.mayOwn(actor, "identity") ? identities.of(person.id()) : List.of());
    }

    /** What is left out stays. */
    @PatchMapping("/me")
    @Answers(PersonShown.class)
    ResponseEntity<Object> update(
            Actor actor,
            @RequestBody UpdatePerson.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(actor, update, input, Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    /** A token that was narrowed is told of no team but its own. */
    @GetMapping("/teams")
    Items<TeamView> teams(Actor actor) {
        boolean narrowed = actor.grants().limit() != null;
        return Items.all(
                teams.of(actors.person(actor)).stream()
                        .filter(team -> !narrowed || team.id().equals(actor.team()))
                        .map(TeamView::of)
                        .toList());
    }
}
