package dev.escale.control.account;

import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin.Via;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.team.Members;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives controllers the {@link Actor} of the request, for both doors. The team is the one that the
 * path names as <code>{team}</code>, or {@code ?team=}, or {@code X-Escale-Team}; else the person's
 * first.
 */
public final class ActorResolver implements HandlerMethodArgumentResolver {
    private static final String RESOLVED = ActorResolver.class.getName() + ".resolved";

    private final Teams teams;
    private final Members members;
    private final Persons persons;
    private final Origins origins;

    ActorResolver(Teams teams, Members members, Persons persons, Origins origins) {
        this.teams = teams;
        this.members = members;
        this.persons = persons;
        this.origins = origins;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Actor resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("not a servlet request");
        }
        return of(request).orElseThrow(() -> ProblemException.of(401, "request.unauthenticated"));
    }

    /**
     * @return empty when nobody is signed in
     * @throws ProblemException with 404 when a team is named that the person does not belong to,
     *     403 {@code team.none} when they belong to none
     */
    public Optional<Actor> of(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        String wanted = wantedTeam(request);
        if (request.getAttribute(RESOLVED) instanceof Resolved before
                && before.authentication() == authentication
                && Objects.equals(before.wanted(), wanted)) {
            return before.actor();
        }
        Optional<Actor> actor =
                switch (authentication) {
                    case ActorAuthentication bearer ->
                            Optional.of(ofToken(bearer.getPrincipal(), wanted));
                    case SignedIn signedIn -> ofSession(signedIn, request);
                    case null, default -> Optional.empty();
                };
        request.setAttribute(RESOLVED, new Resolved(authentication, wanted, actor));
        return actor;
    }

    /** Guards and controllers of one request ask for the same. */
    private record Resolved(
            @Nullable Authentication authentication,
            @Nullable String wanted,
            Optional<Actor> actor) {}

    private Actor ofToken(Actor actor, @Nullable String wanted) {
        if (wanted != null && !slug(actor).equals(wanted)) {
            throw ProblemException.of(404, "team.unknown", "team", wanted);
        }
        return actor;
    }

    private String slug(Actor actor) {
        return teams.find(actor.team()).map(Team::slug).orElse("");
    }

    private Optional<Actor> ofSession(SignedIn signedIn, HttpServletRequest request) {
        return persons.find(signedIn.getPrincipal()).map(person -> person(person, request));
    }

    /**
     * As if this person were signed in. Who belongs to no team stands in the record of the one that
     * they belonged to last.
     *
     * @return empty when there never was one
     */
    Optional<Actor> person(String id, HttpServletRequest request) {
        if (teams.of(id).isEmpty()) {
            return persons.lastTeam(id).flatMap(team -> person(id, team, request));
        }
        return persons.find(id).map(person -> person(person, request));
    }

    /**
     * In the record of this team, where they may do nothing by that.
     *
     * @return empty when there is no such person
     */
    Optional<Actor> person(String id, TeamId team, HttpServletRequest request) {
        return persons.find(id)
                .map(
                        person ->
                                new Actor(
                                        ActorType.PERSON,
                                        person.id(),
                                        person.name(),
                                        team,
                                        Grants.NONE,
                                        origins.of(request, Via.PAGE),
                                        person.preferences().language(request)));
    }

    private Actor person(Person person, HttpServletRequest request) {
        List<Team> belongsTo = teams.of(person.id());
        if (belongsTo.isEmpty()) {
            throw ProblemException.of(403, "team.none", "name", person.name());
        }
        Team team = team(belongsTo, wantedTeam(request));
        return new Actor(
                ActorType.PERSON,
                person.id(),
                person.name(),
                team.id(),
                members.grants(team.id(), person.id())
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404, "team.unknown", "team", team.slug())),
                origins.of(request, Via.PAGE),
                person.preferences().language(request));
    }

    private static Team team(List<Team> belongsTo, @Nullable String wanted) {
        return belongsTo.stream()
                .filter(team -> wanted == null || team.slug().equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "team.unknown", "team", String.valueOf(wanted)));
    }

    private static @Nullable String wantedTeam(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables instanceof Map<?, ?> path && path.get("team") instanceof String slug) {
            return slug;
        }
        String parameter = request.getParameter("team");
        return parameter == null ? request.getHeader("X-Escale-Team") : parameter;
    }
}
