package dev.escale.control.source;

import dev.escale.control.account.Actors;
import dev.escale.control.account.TokenAuthentication;
import dev.escale.control.app.App;
import dev.escale.control.app.AppSource;
import dev.escale.control.app.Apps;
import dev.escale.control.db.TeamId;
import dev.escale.control.deployment.FetchTokens;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.RateLimit;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Who may do what with which repository, said before Git is spoken. */
@Component
class GitAccess {
    /** Needed to read code. */
    static final String READ = Reads.APPS;

    /** Needed to push: it is how one deploys. */
    static final String PUSH = "app.deploy";

    private static final int GUESSES_PER_MINUTE = 60;
    private static final int PUSHES_PER_MINUTE = 120;

    /** Nothing encoded: what is checked here must be what JGit reads. */
    private static final Pattern PATH =
            Pattern.compile(
                    "/git/([a-z0-9-]{2,40})/([a-z0-9-]{2,40})(?:\\.git)?(/[A-Za-z0-9/._-]*)?");

    private static final Pattern BASIC = Pattern.compile("(?i)basic +([A-Za-z0-9+/]+=*)");

    private final TokenAuthentication tokens;
    private final Actors actors;
    private final FetchTokens fetchTokens;
    private final Teams teams;
    private final Apps apps;
    private final Origins origins;
    private final RefusedAttempts refusals;
    private final RateLimit guesses;
    private final RateLimit pushes;

    GitAccess(
            TokenAuthentication tokens,
            Actors actors,
            FetchTokens fetchTokens,
            Teams teams,
            Apps apps,
            Origins origins,
            RefusedAttempts refusals,
            Clock clock) {
        this.guesses = new RateLimit(GUESSES_PER_MINUTE, clock);
        this.pushes = new RateLimit(PUSHES_PER_MINUTE, clock);
        this.refusals = refusals;
        this.origins = origins;
        this.tokens = tokens;
        this.actors = actors;
        this.fetchTokens = fetchTokens;
        this.teams = teams;
        this.apps = apps;
    }

    /** What became of a request. */
    sealed interface Answer {
        /** Credentials are missing or not valid: 401. */
        record WhoAreYou() implements Answer {}

        record Refused(Problem problem) implements Answer {}

        record Granted(Access access) implements Answer {}
    }

    Answer check(HttpServletRequest request) {
        Optional<String> token = token(request);
        if (token.isEmpty()) {
            return new Answer.WhoAreYou();
        }
        Duration wait = before(request, token.get());
        return wait.isZero()
                ? limited(request, answer(request, token.get()))
                : new Answer.Refused(RateLimit.problem(wait));
    }

    /** After too many guesses nothing is looked up, as at REST; agents' are of deployments. */
    private Duration before(HttpServletRequest request, String token) {
        return token.startsWith(FetchTokens.PREFIX) || tokens.remembers(token)
                ? Duration.ZERO
                : guesses.look(origins.network(request));
    }

    /**
     * Guesses by address, pushes by person, however many tokens they have; what an agent fetches is
     * not counted.
     */
    private Answer limited(HttpServletRequest request, Answer answer) {
        Duration wait =
                switch (answer) {
                    case Answer.WhoAreYou() -> guesses.take(origins.network(request));
                    case Answer.Granted(Access access)
                            when request.getRequestURI().endsWith("/git-receive-pack") ->
                            pushes.take(actors.person(access.actor()));
                    case Answer.Granted _, Answer.Refused _ -> Duration.ZERO;
                };
        return wait.isZero() ? answer : new Answer.Refused(RateLimit.problem(wait));
    }

    private Answer answer(HttpServletRequest request, String token) {
        Matcher path = PATH.matcher(request.getRequestURI());
        if (!path.matches()) {
            return new Answer.Refused(unknown(request.getRequestURI()));
        }
        Optional<Team> team = teams.named(path.group(1));
        return token.startsWith(FetchTokens.PREFIX)
                ? forAgent(request, team, path.group(2), token)
                : forPerson(request, team, path.group(2), token);
    }

    private Answer forAgent(
            HttpServletRequest request, Optional<Team> team, String slug, String token) {
        Optional<App> app =
                team.flatMap(found -> apps.named(found.id(), slug))
                        .filter(found -> fetchTokens.opens(found, token));
        if (app.isEmpty()) {
            return new Answer.WhoAreYou();
        }
        Actor agent = agent(request, app.get());
        return pushes(request)
                ? refused(request, agent, slug, Problem.of(403, "git.readOnly"))
                : new Answer.Granted(new Access(app.get(), agent));
    }

    /** The server of the app, which may read its code and no more. */
    private Actor agent(HttpServletRequest request, App app) {
        return new Actor(
                ActorType.AGENT,
                app.server().value(),
                "agent",
                app.team(),
                Grants.of(READ),
                origins.of(request, Origin.Via.GIT),
                Locale.ENGLISH);
    }

    private Answer forPerson(
            HttpServletRequest request, Optional<Team> team, String slug, String token) {
        Origin origin = origins.of(request, Origin.Via.GIT);
        Locale locale = Messages.supported(request.getLocale());
        Optional<Actor> actor = tokens.byToken(token, origin, locale);
        if (actor.isEmpty()) {
            return new Answer.WhoAreYou();
        }
        TeamId own = actor.get().team();
        Optional<App> app =
                team.filter(found -> found.id().equals(own))
                        .flatMap(found -> apps.named(own, slug))
                        .filter(found -> actor.get().may(READ, found.target()));
        return app.map(found -> granted(request, actor.get(), found))
                .orElseGet(() -> refused(request, actor.get(), slug, unknown(slug)));
    }

    private Answer granted(HttpServletRequest request, Actor actor, App app) {
        if (!(app.source() instanceof AppSource.Escale)) {
            return refused(
                    request,
                    actor,
                    app.slug(),
                    Problem.of(403, "git.otherSource", "app", app.slug()));
        }
        String permission = pushes(request) ? PUSH : READ;
        return actor.may(permission, app.target())
                ? new Answer.Granted(new Access(app, actor))
                : refused(
                        request,
                        actor,
                        app.slug(),
                        Problem.of(403, "permission.missing", "permission", permission));
    }

    private Answer refused(HttpServletRequest request, Actor actor, String slug, Problem problem) {
        refusals.record(
                actor,
                pushes(request) ? "code.push" : "code.read",
                Target.of("app", "", slug),
                problem.code(),
                problem.facts());
        return new Answer.Refused(problem);
    }

    private static boolean pushes(HttpServletRequest request) {
        return request.getRequestURI().endsWith("/git-receive-pack")
                || "git-receive-pack".equals(request.getParameter("service"));
    }

    private static Optional<String> token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        Matcher basic = BASIC.matcher(header == null ? "" : header);
        if (!basic.matches()) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Problem unknown(String name) {
        return Problem.of(404, "git.unknown", "app", name);
    }
}
