package dev.escale.control.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.OwnPostgres;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL in trouble under a control plane that runs: said clearly, and over when it is over.
 */
class DatabaseTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private OwnPostgres postgres;
    private RunningControl control;

    @BeforeEach
    void start() {
        postgres = new OwnPostgres();
        control = RunningControl.start(postgres.database());
        assertThat(ready().status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        control.close();
        postgres.close();
    }

    @Test
    void aServerThatIsGoneIsSaidAtEveryDoorAndItsReturnIsNoticed() {
        TestBrowser browser = signedIn();
        assertThat(made("before").status()).isEqualTo(201);

        Lines lines = Lines.ofAll();
        postgres.stop();

        troubled("unreachable");
        String waits = "looking over the deployments waits, database=unreachable";
        until(answer -> lines.said(waits), this::ready);
        Answer page = browser.get("/home/apps");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Retry-After")).isEqualTo("5");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body())
                .contains("The database cannot be reached", "apps serve on meanwhile")
                .doesNotContain("Exception");
        assertThat(control.send(control.request("/healthz")).status()).isEqualTo(200);
        assertThat(control.send(control.request("/git/home/shop.git/info/refs")).status())
                .isIn(401, 503);

        postgres.start();

        healed();
        assertThat(browser.get("/home/apps").status()).isEqualTo(200);
        assertThat(control.get("/api/v1/tokens").body()).contains("before");
        until(answer -> lines.said("looking over the deployments goes on"), this::ready);
        lines.end();
        assertThat(lines.of("waits, database="))
                .as("each says it once, in one line")
                .doesNotHaveDuplicates();
    }

    @Test
    void aPasswordThatWasChangedIsSaidAndTheFormerOneHeals() {
        String role = postgres.application().user();
        postgres.change("alter role " + role + " password 'another'");
        postgres.cut();

        troubled("password");

        postgres.change("alter role " + role + " password 'a'");
        healed();
    }

    @Test
    void aServerThatTakesNoMoreConnectionsIsSaidAndRoomHeals() {
        String role = postgres.application().user();
        postgres.change("alter role " + role + " connection limit 0");
        postgres.cut();

        troubled("connections");

        postgres.change("alter role " + role + " connection limit -1");
        healed();
    }

    /** PostgreSQL says 53100 for a full disk; here a trigger says it. */
    @Test
    void aFullDiskRefusesWritesWholeAndReadingGoesOn() {
        postgres.change(
                "create function full_disk() returns trigger language plpgsql as $$ begin raise"
                    + " exception 'could not extend file: No space left on device' using errcode ="
                    + " 'disk_full'; end; $$");
        TestBrowser browser = signedIn();
        // what is used now was not used for a while, so that it would be noted
        postgres.change("update token set last_used_at = null");
        postgres.change("update spring_session set last_access_time = last_access_time - 600000");
        postgres.change(
                "do $$ declare each text; begin for each in select tablename from pg_tables where"
                        + " schemaname = 'public' loop execute format('create trigger full_disk"
                        + " before insert or update on %I for each row execute function"
                        + " full_disk()', each); end loop; end $$");

        assertThat(browser.get("/home/apps").status()).isEqualTo(200);
        Answer refused = made("while full");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().get("code").asString()).isEqualTo("database.full");
        assertThat(ready().json().get("database").asString()).isEqualTo("full");
        assertThat(control.get("/api/v1/tokens").status()).isEqualTo(200);
        assertThat(control.get("/api/v1/tokens").body()).doesNotContain("while full");

        postgres.change("drop function full_disk cascade");
        healed();
        assertThat(made("after").status()).isEqualTo(201);
    }

    @Test
    void aStandbyThatTakesOverIsWrittenToAsSoonAsItMayBe() {
        String role = postgres.application().user();
        postgres.change("alter role " + role + " set default_transaction_read_only = on");
        postgres.cut();

        until(answer -> answer.body().contains("database.readOnly"), () -> made("on the standby"));
        until(answer -> database(answer).equals("readOnly"), this::ready);

        postgres.change("alter role " + role + " reset default_transaction_read_only");
        healed();
        assertThat(made("afterwards").status()).isEqualTo(201);
        assertThat(control.get("/api/v1/tokens").body()).doesNotContain("on the standby");
    }

    /** What is logged. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private static final String DEPLOYMENTS = "dev.escale.control.deployment";

        private final Queue<ILoggingEvent> heard = new ConcurrentLinkedQueue<>();

        static Lines ofAll() {
            var lines = new Lines();
            lines.start();
            logger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
            logger(DEPLOYMENTS).setLevel(Level.INFO);
            return lines;
        }

        void end() {
            logger(DEPLOYMENTS).setLevel(null);
            logger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        }

        private static Logger logger(String name) {
            return (Logger) LoggerFactory.getLogger(name);
        }

        boolean said(String line) {
            return of(line).contains(line);
        }

        /** Those with this in them; none has a trace. */
        List<String> of(String part) {
            List<ILoggingEvent> all =
                    heard.stream()
                            .filter(line -> line.getFormattedMessage().contains(part))
                            .toList();
            assertThat(all).allMatch(line -> line.getThrowableProxy() == null);
            return all.stream().map(ILoggingEvent::getFormattedMessage).toList();
        }

        @Override
        protected void append(ILoggingEvent line) {
            heard.add(line);
        }
    }

    private void troubled(String trouble) {
        until(answer -> database(answer).equals(trouble), this::ready);
        Answer answer = control.get("/api/v1/tokens");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().get("code").asString()).isEqualTo("database." + trouble);
        assertThat(answer.json().get("hint").asString()).isNotEmpty();
        Answer french =
                control.send(control.authorized("/api/v1/tokens").header("Accept-Language", "fr"));
        assertThat(french.json().get("detail").asString()).contains("base de données");
    }

    private void healed() {
        until(answer -> answer.status() == 200, this::ready);
        until(answer -> answer.status() == 200, () -> control.get("/api/v1/tokens"));
    }

    private Answer ready() {
        return control.send(control.request("/readyz"));
    }

    private Answer made(String name) {
        return control.send("POST", "/api/v1/tokens", "{\"name\":\"" + name + "\"}");
    }

    private static String database(Answer answer) {
        return answer.json().get("database").asString();
    }

    /** Each question waits by itself for the database; old connections may have to go first. */
    private TestBrowser signedIn() {
        var browser = new TestBrowser(control);
        Answer invited =
                control.send(
                        "POST",
                        "/api/v1/teams/home/invitations",
                        "{\"grants\":[{\"role\":\"owner\"}]}");
        browser.post(URI.create(invited.json().get("link").asString()).getPath(), "name", "Ada");
        assertThat(browser.get("/home/apps").status()).isEqualTo(200);
        return browser;
    }

    private static void until(Predicate<Answer> wanted, Supplier<Answer> question) {
        Instant end = Instant.now().plus(PATIENCE);
        Answer answer = question.get();
        while (!wanted.test(answer) && Instant.now().isBefore(end)) {
            answer = question.get();
        }
        assertThat(answer).as(answer.body()).matches(wanted);
    }
}
