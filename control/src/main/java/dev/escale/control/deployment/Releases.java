package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.RELEASE;

import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Releases that became live, newest first. */
@Repository
public class Releases {
    private final Database database;
    private final Environments environments;

    Releases(Database database, Environments environments) {
        this.database = database;
        this.environments = environments;
    }

    public List<Release> of(App app) {
        return database.read(
                app.team(),
                tx ->
                        tx.selectFrom(RELEASE)
                                .where(RELEASE.TEAM.eq(app.team().value()))
                                .and(RELEASE.APP.eq(app.id().value()))
                                .orderBy(RELEASE.NUMBER.desc())
                                .fetch(
                                        row ->
                                                new Release(
                                                        row.getNumber(),
                                                        new DeploymentId(row.getDeployment()),
                                                        row.getCommitId(),
                                                        row.getCommitSubject(),
                                                        row.getKept(),
                                                        row.getNumber()
                                                                .equals(app.serving().release()),
                                                        row.getCreatedAt())));
    }

    public Optional<Release> find(App app, long number) {
        return of(app).stream().filter(each -> each.number() == number).findFirst();
    }

    /** The newest kept one from before the one that serves: where a rollback goes by default. */
    public Optional<Release> previous(App app) {
        long current = app.currentRelease().orElse(0L);
        return of(app).stream().filter(each -> each.kept() && each.number() < current).findFirst();
    }

    /** It became live; a release that is served again is known already. */
    void add(Deployment deployment, long number, Instant at) {
        database.write(
                deployment.team(),
                tx ->
                        tx.insertInto(RELEASE)
                                .set(RELEASE.TEAM, deployment.team().value())
                                .set(RELEASE.APP, deployment.app().value())
                                .set(RELEASE.NUMBER, number)
                                .set(RELEASE.DEPLOYMENT, deployment.id().value())
                                .set(RELEASE.COMMIT_ID, deployment.revision().commit())
                                .set(RELEASE.COMMIT_SUBJECT, deployment.revision().subject())
                                .set(RELEASE.KEPT, true)
                                .set(RELEASE.CREATED_AT, at)
                                .onConflict(RELEASE.APP, RELEASE.NUMBER)
                                .doUpdate()
                                .set(RELEASE.KEPT, true)
                                .execute());
    }

    /** Its folder is gone, and with it what it served with. */
    void gone(TeamId team, AppId app, long number) {
        environments.forget(team, app, number);
        database.write(
                team,
                tx ->
                        tx.update(RELEASE)
                                .set(RELEASE.KEPT, false)
                                .where(RELEASE.TEAM.eq(team.value()))
                                .and(RELEASE.APP.eq(app.value()))
                                .and(RELEASE.NUMBER.eq(number))
                                .execute());
    }

    /**
     * The agent keeps the newest ones beside the one that serves, and removes older ones when a
     * deployment has ended well.
     */
    void keepNewest(App app, int count) {
        of(app).stream()
                .filter(each -> each.kept() && !each.current())
                .skip(count)
                .forEach(each -> gone(app.team(), app.id(), each.number()));
    }
}
