package dev.escale.control.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.RunningControl;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.team.Teams;
import dev.escale.protocol.AppState;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What becomes of a report when a listener fails, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
final class ReportsTest {
    private static RunningControl control;
    private static TeamId team;
    private static int number;

    @Parameter TestDatabase.Kind kind;

    private final List<Report> taken = new ArrayList<>();
    private boolean failing;
    private Link link;
    private Reports reports;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
        team = control.bean(Teams.class).all().getFirst().id();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @BeforeEach
    void connectedServer() throws Exception {
        FakeAgent agent = new FakeAgent(control, control.bean(Authority.class).sha256());
        agent.register(
                control.send("POST", "/api/v1/servers", "{\"name\":\"web-" + ++number + "\"}")
                        .json()
                        .at("/registrationToken")
                        .asString());
        agent.connect();
        agent.awaitOnline();
        link =
                control.bean(Links.class).all().stream()
                        .filter(each -> each.server().value().equals(agent.server()))
                        .findFirst()
                        .orElseThrow();
        reports = reports(Clock.systemUTC());
    }

    @Test
    void failingListenerNeitherLosesAReportNorHoldsUpTheNext() {
        failing = true;
        reports.store(link, durable(1));
        failing = false;
        reports.store(link, durable(2));

        assertThat(taken).containsExactly(report(2));
        assertThat(parked()).isEqualTo(1);

        parkedReports(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2))).retry(team);

        assertThat(taken).containsExactly(report(2), report(1));
        assertThat(parked()).isZero();
    }

    @Test
    void reportIsTakenOnceAndAGapDoesNotStopTheNext() {
        reports.store(link, durable(1));
        reports.store(link, durable(1));
        reports.store(link, durable(5));

        assertThat(taken).containsExactly(report(1), report(5));
    }

    @Test
    void connectionThatWasReplacedSaysNothingAnyMore() {
        var stale = new Link(team, link.server(), link.epoch() - 1, link.socket(), link.signer());

        assertThatThrownBy(() -> reports.store(stale, durable(1)))
                .isInstanceOf(LinkedServers.StaleLink.class);
        assertThat(taken).isEmpty();
    }

    private Reports reports(Clock clock) {
        return new Reports(
                control.bean(Database.class),
                control.bean(LinkedServers.class),
                endings(clock),
                parkedReports(clock),
                clock);
    }

    private ParkedReports parkedReports(Clock clock) {
        return new ParkedReports(control.bean(Database.class), endings(clock), clock);
    }

    private Endings endings(Clock clock) {
        var beans = new StaticListableBeanFactory();
        ReportListener listener =
                (tx, of, server, at, report) -> {
                    if (failing) {
                        throw new IllegalStateException("the listener is broken");
                    }
                    taken.add(report);
                };
        beans.addBean("listener", listener);
        return new Endings(
                control.bean(Database.class),
                control.bean(CommandRows.class),
                control.bean(Commands.class),
                beans.getBeanProvider(ReportListener.class),
                clock);
    }

    private int parked() {
        return control.bean(Database.class)
                .read(
                        team,
                        tx ->
                                tx.fetchCount(
                                        Tables.PARKED_REPORT,
                                        Tables.PARKED_REPORT.SERVER.eq(link.server().value())));
    }

    private static FromAgent.Durable durable(long sequence) {
        return new FromAgent.Durable(sequence, Instant.EPOCH, report(sequence));
    }

    private static Report report(long sequence) {
        return new Report.AppChanged("app_" + sequence, AppState.DOWN, null);
    }
}
