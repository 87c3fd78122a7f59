package dev.escale.control.app;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.server.Server;
import dev.escale.protocol.Overrides;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code app.create} */
@Component
public class CreateApp implements Operation<CreateApp.Input, App> {
    private static final int LONGEST_NAME = 100;

    private final Database database;
    private final Apps apps;
    private final AppTargets targets;
    private final AppFeed feed;
    private final Clock clock;

    CreateApp(Database database, Apps apps, AppTargets targets, AppFeed feed, Clock clock) {
        this.database = database;
        this.apps = apps;
        this.targets = targets;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * @param name of which the slug is made
     * @param server id or name
     * @param branch null: the first one that is pushed, or the repository's own default
     */
    public record Input(
            @Nullable String name,
            @Nullable String server,
            @Nullable SourceInput source,
            @Nullable String branch,
            @Nullable Overrides settings) {}

    /**
     * @param type {@code escale} or {@code git}
     * @param url for {@code git}
     */
    public record SourceInput(@Nullable String type, @Nullable String url) {}

    @Override
    public String name() {
        return "app.create";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of(
                "name",
                input.name(),
                "server",
                input.server(),
                "source",
                input.source() == null ? null : input.source().type(),
                "url",
                AppDetail.url(input.source()),
                "branch",
                input.branch(),
                "settings",
                AppDetail.settings(input.settings()));
    }

    @Override
    public Target done(Target planned, App app) {
        return app.target();
    }

    @Override
    public Target target(Actor actor, Input input) {
        String name = input.name() == null ? "" : input.name();
        String server =
                input.server() == null
                        ? null
                        : targets.server(actor, input.server())
                                .map(found -> found.id().value())
                                .orElse(null);
        return Target.app("", name, server);
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        ProblemException.throwIfAny(faults(actor, input));
        Server server = server(actor, input).orElseThrow();
        String slug = Slugs.of(nameOf(input));
        List<PlanItem> changes = new ArrayList<>();
        changes.add(PlanItem.of("+", AppNotes.PLAN_CREATE, "app", slug, "server", server.name()));
        server.site()
                .ifPresent(
                        site ->
                                changes.add(
                                        PlanItem.of(
                                                "+",
                                                AppNotes.PLAN_ADDRESS,
                                                "url",
                                                site.url(slug).toString())));
        return new Plan(
                changes, List.of(), List.of(), List.of(), false, Fingerprint.of(slug, server.id()));
    }

    @Override
    public App apply(Actor actor, Input input, Plan plan) {
        Server server = server(actor, input).orElseThrow();
        String slug = Slugs.of(nameOf(input));
        App app =
                new App(
                        AppId.random(),
                        actor.team(),
                        server.id(),
                        nameOf(input),
                        slug,
                        source(input),
                        input.branch(),
                        input.settings() == null ? Overrides.NONE : input.settings(),
                        server.site().map(site -> site.url(slug).toString()).orElse(null),
                        new App.Process(null, null),
                        0,
                        null,
                        new App.Serving(null, null),
                        clock.instant());
        database.write(app.team(), tx -> insert(tx, app));
        feed.tell(app.team(), app.id(), "created");
        return app;
    }

    /** Somebody else may have taken the name since the plan was made. */
    private App insert(DSLContext tx, App app) {
        Database.queueUp(tx, app.team());
        if (apps.named(app.team(), app.slug()).isPresent()) {
            throw ProblemException.of(409, "app.nameTaken", "slug", app.slug());
        }
        apps.insert(app);
        return app;
    }

    private List<Fault> faults(Actor actor, Input input) {
        var check = new SettingsCheck().branch(input.branch());
        SourceInput source = input.source();
        String type = source == null || source.type() == null ? "escale" : source.type();
        if (type.equals("git") && source != null) {
            check.url(source.url());
        }
        check.settings(input.settings() == null ? Overrides.NONE : input.settings());
        List<Fault> faults = new ArrayList<>(nameFaults(actor, nameOf(input)));
        if (server(actor, input).isEmpty()) {
            faults.add(
                    input.server() == null || input.server().isBlank()
                            ? Fault.of("server", "app.serverMissing")
                            : Fault.of("server", "app.serverUnknown", "server", input.server()));
        }
        if (!type.equals("escale") && !type.equals("git")) {
            faults.add(Fault.of("source.type", "app.sourceUnknown", "type", type));
        }
        faults.addAll(check.faults());
        return faults;
    }

    private List<Fault> nameFaults(Actor actor, String name) {
        String slug = Slugs.of(name);
        if (name.isBlank()) {
            return List.of(Fault.of("name", "app.nameMissing"));
        }
        if (name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)
                || !Slugs.valid(slug)) {
            return List.of(Fault.of("name", "app.nameInvalid"));
        }
        if (Slugs.reserved(slug)) {
            return List.of(Fault.of("name", "app.nameReserved", "slug", slug));
        }
        return apps.named(actor.team(), slug).isEmpty()
                ? List.of()
                : List.of(Fault.of("name", "app.nameTaken", "slug", slug));
    }

    private Optional<Server> server(Actor actor, Input input) {
        return Optional.ofNullable(input.server()).flatMap(named -> targets.server(actor, named));
    }

    private static String nameOf(Input input) {
        return input.name() == null ? "" : input.name().strip();
    }

    private static AppSource source(Input input) {
        SourceInput source = input.source();
        return source == null || source.url() == null || !"git".equals(source.type())
                ? new AppSource.Escale()
                : new AppSource.Git(source.url());
    }
}
