package dev.escale.control.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MailServer;
import dev.escale.control.RunningControl;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.event.Events;
import dev.escale.control.language.Messages;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Letters on their way, with a clock that moves while they are sent; on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class OutgoingTest {
    @Parameter TestDatabase.Kind kind;
    @TempDir Path folder;

    private final MovedClock clock = new MovedClock();
    private RunningControl control;
    private TestMailServer mail;
    private Letters letters;
    private Outgoing outgoing;
    private Postman postman;
    private TeamId home;

    @BeforeEach
    void start() {
        mail = new TestMailServer(folder).tls();
        control = RunningControl.start(kind);
        Database database = control.bean(Database.class);
        LetterSeal seal = control.bean(LetterSeal.class);
        home = control.bean(TeamLookup.class).all().getFirst();
        letters = new Letters(database, seal, new Postage(database, clock), clock, true);
        outgoing = new Outgoing(database, seal);
        postman =
                new Postman(
                        letters,
                        outgoing,
                        line(),
                        control.bean(TeamLookup.class),
                        control.bean(Events.class),
                        clock);
    }

    @AfterEach
    void stop() {
        postman.close();
        control.close();
        mail.close();
    }

    @Test
    void howLongASenderMayTakeCountsFromWhenItBegins() throws Exception {
        queue("first");
        queue("second");
        List<List<Outgoing.Due>> free = new ArrayList<>();
        mail.meanwhile(
                () -> {
                    free.add(outgoing.due(home, clock.instant()));
                    clock.pass(Outgoing.LEASE.minusSeconds(1));
                    free.add(outgoing.due(home, clock.instant()));
                    clock.pass(Duration.ofMinutes(1));
                });

        postman.look(clock.instant());

        mail.next();
        mail.next();
        assertThat(free).hasSize(4);
        assertThat(free.get(2)).as("the second, as it begins").isEmpty();
        assertThat(free.get(3)).as("the second, just before its time is over").isEmpty();
        assertThat(letters.states(home).values())
                .allMatch(each -> each.state() == LetterState.State.SENT);
    }

    @Test
    void oldLettersAreForgotten() {
        queue("old");
        postman.look(clock.instant());
        clock.pass(Duration.ofDays(29));
        queue("new");

        postman.forgetOld();
        assertThat(letters.states(home)).containsOnlyKeys("old", "new");
        clock.pass(Duration.ofDays(2));
        postman.forgetOld();

        assertThat(letters.states(home)).containsOnlyKeys("new");
    }

    private void queue(String subject) {
        letters.queue(
                home,
                new Letter(
                        subject,
                        "invitation",
                        subject + "@example.com",
                        Locale.ENGLISH,
                        Map.of("inviter", "Ann", "team", "Home", "email", "x", "host", "y"),
                        URI.create("https://escale.example/invitations/x")));
    }

    private MailLine line() {
        var server =
                new MailServer(
                        true,
                        "localhost",
                        mail.port(),
                        null,
                        null,
                        "escale@example.org",
                        mail.authority());
        var templates = TemplateEngine.createPrecompiled(ContentType.Html);
        return new MailLine(
                server,
                new MailText(control.bean(Messages.class), templates, "escale@example.org"));
    }

    private static final class MovedClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-28T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
