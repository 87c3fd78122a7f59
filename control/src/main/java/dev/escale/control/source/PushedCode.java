package dev.escale.control.source;

import dev.escale.control.ControlConfig;
import dev.escale.control.app.App;
import dev.escale.control.app.CodeOfApps;
import dev.escale.control.deployment.PushedCommits;
import dev.escale.control.deployment.Revision;
import dev.escale.control.team.Teams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds commits in what was pushed. */
@Component
class PushedCode implements PushedCommits, CodeOfApps {
    private final Repositories repositories;
    private final Teams teams;
    private final ControlConfig config;

    PushedCode(Repositories repositories, Teams teams, ControlConfig config) {
        this.repositories = repositories;
        this.teams = teams;
        this.config = config;
    }

    @Override
    public Optional<Revision> find(App app, String name) {
        try (Repository repository = repositories.open(app);
                RevWalk walk = new RevWalk(repository)) {
            ObjectId id = resolve(repository, name);
            return id == null
                    ? Optional.empty()
                    : Optional.of(revision(name, walk.parseCommit(id)));
        } catch (AmbiguousObjectException
                | MissingObjectException
                | IncorrectObjectTypeException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String pushUrl(App app) {
        return url(config.publicUrl(), app);
    }

    @Override
    public String fetchUrl(App app) {
        return url(config.agentUrl(), app);
    }

    private String url(URI base, App app) {
        String team =
                teams.find(app.team())
                        .orElseThrow(() -> new IllegalStateException("no team " + app.team()))
                        .slug();
        return "%s/git/%s/%s.git".formatted(base, team, app.slug());
    }

    @Override
    public void forget(App app) {
        try {
            repositories.remove(app);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static @Nullable ObjectId resolve(Repository repository, String name)
            throws IOException {
        String ref = name.startsWith(Constants.R_REFS) ? name : Constants.R_HEADS + name;
        ObjectId branch = repository.resolve(ref + "^{commit}");
        return branch != null || !name.matches("[0-9a-f]{4,40}")
                ? branch
                : repository.resolve(name + "^{commit}");
    }

    private static Revision revision(String name, RevCommit commit) {
        return new Revision(
                name,
                commit.getName(),
                commit.getShortMessage(),
                commit.getAuthorIdent().getName());
    }
}
