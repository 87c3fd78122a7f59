package dev.escale.control.app;

import static dev.escale.control.db.schema.Tables.APP;
import static dev.escale.control.db.schema.Tables.DEPLOYMENT;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.AppRecord;
import dev.escale.protocol.AppState;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Note;
import dev.escale.protocol.Overrides;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The table of apps. A removed app keeps its row and is never shown again. */
@Repository
public class Apps {
    private static final Field<String> LAST_STATUS =
            DSL.field(
                            DSL.select(DEPLOYMENT.STATUS)
                                    .from(DEPLOYMENT)
                                    .where(DEPLOYMENT.APP.eq(APP.ID))
                                    .orderBy(DEPLOYMENT.NUMBER.desc())
                                    .limit(1))
                    .as("last_status");

    private final Database database;

    Apps(Database database) {
        this.database = database;
    }

    public List<App> all(TeamId team) {
        return select(team, APP.ID.isNotNull());
    }

    public List<App> onServer(TeamId team, ServerId server) {
        return select(team, APP.SERVER.eq(server.value()));
    }

    public Optional<App> find(TeamId team, AppId app) {
        return select(team, APP.ID.eq(app.value())).stream().findFirst();
    }

    /**
     * @param idOrSlug as people and scripts name an app; an id always contains {@code _}, a slug
     *     never
     */
    public Optional<App> named(TeamId team, String idOrSlug) {
        return select(team, idOrSlug.indexOf('_') < 0 ? APP.SLUG.eq(idOrSlug) : APP.ID.eq(idOrSlug))
                .stream()
                .findFirst();
    }

    void insert(App app) {
        database.write(
                app.team(),
                tx -> {
                    AppRecord row = tx.newRecord(APP);
                    row.setId(app.id().value());
                    row.setTeam(app.team().value());
                    row.setServer(app.server().value());
                    row.setName(app.name());
                    row.setSlug(app.slug());
                    row.setSourceType(app.source().type());
                    row.setSourceUrl(
                            switch (app.source()) {
                                case AppSource.Escale() -> null;
                                case AppSource.Git(String url) -> url;
                            });
                    row.setBranch(app.branch() == null ? "" : app.branch());
                    row.setSettings(Codec.write(Overrides.class, app.settings()));
                    row.setUrl(app.url());
                    row.setLastRelease(0L);
                    row.setCreatedAt(app.createdAt());
                    return row.insert();
                });
    }

    void update(App app, @Nullable String branch, Overrides settings) {
        write(
                app,
                tx ->
                        tx.update(APP)
                                .set(APP.BRANCH, branch == null ? "" : branch)
                                .set(APP.SETTINGS, Codec.write(Overrides.class, settings))
                                .where(is(app))
                                .execute());
    }

    /** The first push chooses the branch that is followed. */
    public void follow(App app, String branch) {
        write(
                app,
                tx ->
                        tx.update(APP)
                                .set(APP.BRANCH, branch)
                                .where(is(app))
                                .and(APP.BRANCH.eq(""))
                                .execute());
    }

    /** Until the end of this transaction no other one changes what belongs to the app. */
    public void lock(TeamId team, AppId app) {
        database.write(
                team,
                tx ->
                        tx.update(APP)
                                .set(APP.LAST_RELEASE, APP.LAST_RELEASE)
                                .where(is(team, app))
                                .execute());
    }

    /** Its server's address became known, or changed. */
    public void address(App app, String url) {
        write(app, tx -> tx.update(APP).set(APP.URL, url).where(is(app)).execute());
    }

    /** The next release number; given out once. */
    public long nextRelease(App app) {
        return database.write(
                app.team(),
                tx -> {
                    tx.update(APP)
                            .set(APP.LAST_RELEASE, APP.LAST_RELEASE.plus(1))
                            .where(is(app))
                            .execute();
                    return tx.select(APP.LAST_RELEASE)
                            .from(APP)
                            .where(is(app))
                            .fetchSingle(APP.LAST_RELEASE);
                });
    }

    public void serves(TeamId team, AppId app, App.Serving serving) {
        database.write(
                team,
                tx ->
                        tx.update(APP)
                                .set(APP.CURRENT_RELEASE, serving.release())
                                .set(APP.CURRENT_DEPLOYMENT, serving.deployment())
                                .where(is(team, app))
                                .execute());
    }

    /** A deployment has just seen this release answer: whatever was said of its process is past. */
    public void live(TeamId team, AppId app, App.Serving serving) {
        serves(team, app, serving);
        process(team, app, AppState.SERVING, null);
    }

    void process(TeamId team, AppId app, AppState state, @Nullable Note note) {
        database.write(
                team,
                tx ->
                        tx.update(APP)
                                .set(APP.STATE, state.name())
                                .set(
                                        APP.STATE_NOTE,
                                        note == null ? null : Codec.write(Note.class, note))
                                .where(is(team, app))
                                .execute());
    }

    void remove(App app, Instant at) {
        write(app, tx -> tx.update(APP).set(APP.REMOVED_AT, at).where(is(app)).execute());
    }

    /** One that was removed here and may still be on its server. */
    record Unfinished(AppId app, ServerId server) {}

    /**
     * @param at when its server is to be asked again; null when that is not needed
     */
    void removeAgain(TeamId team, AppId app, @Nullable Instant at) {
        database.write(
                team,
                tx -> tx.update(APP).set(APP.REMOVAL_AGAIN_AT, at).where(is(team, app)).execute());
    }

    /** Those whose servers are to be asked again by now. */
    List<Unfinished> unfinished(TeamId team, Instant now) {
        return database.read(
                team,
                tx ->
                        tx.select(APP.ID, APP.SERVER)
                                .from(APP)
                                .where(APP.TEAM.eq(team.value()))
                                .and(APP.REMOVAL_AGAIN_AT.le(now))
                                .fetch(
                                        row ->
                                                new Unfinished(
                                                        new AppId(row.value1()),
                                                        new ServerId(row.value2()))));
    }

    private List<App> select(TeamId team, Condition which) {
        return database.read(
                team,
                tx ->
                        tx.select(APP.asterisk(), LAST_STATUS)
                                .from(APP)
                                .where(APP.TEAM.eq(team.value()))
                                .and(APP.REMOVED_AT.isNull())
                                .and(which)
                                .orderBy(APP.SLUG)
                                .fetch(row -> app(row.into(APP), row.get(LAST_STATUS))));
    }

    private void write(App app, java.util.function.Function<DSLContext, Integer> work) {
        database.write(app.team(), work);
    }

    private static Condition is(App app) {
        return is(app.team(), app.id());
    }

    private static Condition is(TeamId team, AppId app) {
        return APP.TEAM.eq(team.value()).and(APP.ID.eq(app.value()));
    }

    private static App app(AppRecord row, @Nullable String lastStatus) {
        return new App(
                new AppId(row.getId()),
                new TeamId(row.getTeam()),
                new ServerId(row.getServer()),
                row.getName(),
                row.getSlug(),
                row.getSourceUrl() == null
                        ? new AppSource.Escale()
                        : new AppSource.Git(row.getSourceUrl()),
                row.getBranch().isEmpty() ? null : row.getBranch(),
                Codec.read(Overrides.class, row.getSettings()),
                row.getUrl(),
                new App.Process(
                        row.getState() == null ? null : AppState.valueOf(row.getState()),
                        row.getStateNote() == null
                                ? null
                                : Codec.read(Note.class, row.getStateNote())),
                row.getLastRelease(),
                lastStatus,
                new App.Serving(row.getCurrentRelease(), row.getCurrentDeployment()),
                row.getCreatedAt());
    }
}
