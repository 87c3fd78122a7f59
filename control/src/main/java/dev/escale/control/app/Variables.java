package dev.escale.control.app;

import static dev.escale.control.db.schema.Tables.APP_ENV;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.secret.Secrets;
import dev.escale.protocol.EnvValue;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The variables that apps get. All values are sealed, secret or not. */
@Repository
public class Variables {
    private final Database database;
    private final Secrets secrets;
    private final JsonMapper json;
    private final Clock clock;

    Variables(Database database, Secrets secrets, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** For the app itself: by name, in alphabetical order. Not to be shown. */
    public Map<String, EnvValue> values(TeamId team, AppId app) {
        return database.read(
                team,
                tx -> {
                    Map<String, EnvValue> values = new LinkedHashMap<>();
                    tx.selectFrom(APP_ENV)
                            .where(APP_ENV.TEAM.eq(team.value()))
                            .and(APP_ENV.APP.eq(app.value()))
                            .orderBy(APP_ENV.NAME)
                            .forEach(
                                    row ->
                                            values.put(
                                                    row.getName(),
                                                    new EnvValue(
                                                            secrets.open(team, row.getSealed()),
                                                            row.getSecret())));
                    return values;
                });
    }

    /** Variables of another time, by name. */
    public record Then(Map<String, EnvValue> values) {
        public Then {
            values = Map.copyOf(values);
        }

        /** The names whose value is another one now, or that are gone. */
        public SortedSet<String> comingBack(Map<String, EnvValue> now) {
            return values.entrySet().stream()
                    .filter(then -> !then.getValue().equals(now.get(then.getKey())))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** The names that did not exist then. */
        public SortedSet<String> going(Map<String, EnvValue> now) {
            return now.keySet().stream()
                    .filter(name -> !values.containsKey(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** All of them in one piece, to be kept. */
    public byte[] sealed(TeamId team, AppId app) {
        return secrets.seal(team, json.writeValueAsString(new Then(values(team, app))));
    }

    public Then open(TeamId team, byte[] sealed) {
        return json.readValue(secrets.open(team, sealed), Then.class);
    }

    /** They are as they were then. */
    public void restore(App app, Then then) {
        Map<String, EnvValue> now = values(app.team(), app.id());
        then.going(now).forEach(name -> unset(app, name));
        then.comingBack(now)
                .forEach(name -> set(app, name, Objects.requireNonNull(then.values().get(name))));
    }

    void set(App app, String name, EnvValue value) {
        byte[] sealed = secrets.seal(app.team(), value.value());
        database.write(
                app.team(),
                tx ->
                        tx.insertInto(APP_ENV)
                                .set(APP_ENV.TEAM, app.team().value())
                                .set(APP_ENV.APP, app.id().value())
                                .set(APP_ENV.NAME, name)
                                .set(APP_ENV.SEALED, sealed)
                                .set(APP_ENV.SECRET, value.secret())
                                .set(APP_ENV.UPDATED_AT, clock.instant())
                                .onConflict(APP_ENV.APP, APP_ENV.NAME)
                                .doUpdate()
                                .set(APP_ENV.SEALED, sealed)
                                .set(APP_ENV.SECRET, value.secret())
                                .set(APP_ENV.UPDATED_AT, clock.instant())
                                .execute());
    }

    void unset(App app, String name) {
        database.write(
                app.team(),
                tx ->
                        tx.deleteFrom(APP_ENV)
                                .where(APP_ENV.TEAM.eq(app.team().value()))
                                .and(APP_ENV.APP.eq(app.id().value()))
                                .and(APP_ENV.NAME.eq(name))
                                .execute());
    }

    void forget(App app) {
        database.write(
                app.team(),
                tx ->
                        tx.deleteFrom(APP_ENV)
                                .where(APP_ENV.TEAM.eq(app.team().value()))
                                .and(APP_ENV.APP.eq(app.id().value()))
                                .execute());
    }
}
