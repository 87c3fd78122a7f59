package dev.escale.control.domain;

import dev.escale.control.agentlink.Commands;
import dev.escale.control.agentlink.ReportListener;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.app.Apps;
import dev.escale.control.authority.Authority;
import dev.escale.control.authority.CertificateRefused;
import dev.escale.control.authority.IssuedCertificate;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * Answers servers that ask for a certificate. A server gets one for the names of its own apps and
 * for no others, whatever it asks for.
 */
final class CertificateDesk implements ReportListener {
    private static final Duration VALIDITY = Duration.ofMinutes(30);
    private static final int LONGEST_REQUEST = 16 << 10;

    private final Apps apps;
    private final AppNames names;
    private final Authority authority;
    private final Commands commands;
    private final Ledger ledger;

    /** Where it is written down. */
    record Ledger(Certificates certificates, CertificateAudit audit, Clock clock) {}

    CertificateDesk(
            Apps apps, AppNames names, Authority authority, Commands commands, Ledger ledger) {
        this.apps = apps;
        this.names = names;
        this.authority = authority;
        this.commands = commands;
        this.ledger = ledger;
    }

    @Override
    public void report(DSLContext tx, TeamId team, ServerId server, Instant at, Report report) {
        if (report instanceof Report.CertificateWanted wanted) {
            answer(tx, team, server, wanted);
        }
    }

    private void answer(
            DSLContext tx, TeamId team, ServerId server, Report.CertificateWanted wanted) {
        Optional<App> app = app(team, server, wanted.app());
        if (app.isEmpty()) {
            ledger.audit().refused(team, server, wanted, "app");
            refuse(tx, team, server, wanted, foreign(wanted));
            return;
        }
        try {
            List<String> checked = check(app.get(), wanted);
            IssuedCertificate issued = authority.issue(checked, wanted.csr());
            ledger.certificates().add(tx, app.get(), checked, issued, ledger.clock().instant());
            commands.queue(
                    tx,
                    team,
                    server,
                    Actor.system(team),
                    new Order.InstallCertificate(wanted.app(), checked, issued.chain()),
                    VALIDITY);
            ledger.audit().issued(app.get(), checked, issued);
        } catch (CertificateRefused refused) {
            String reason = String.valueOf(refused.getMessage());
            ledger.audit().refused(team, server, wanted, reason);
            Note note = Note.of(Notes.CERTIFICATE_REFUSED, "reason", reason);
            refuse(tx, team, server, wanted, note);
        } catch (ForeignNames foreign) {
            ledger.audit().refused(team, server, wanted, "names");
            refuse(tx, team, server, wanted, foreign(wanted));
        }
    }

    /** Who is not told waits in vain. */
    private void refuse(
            DSLContext tx,
            TeamId team,
            ServerId server,
            Report.CertificateWanted wanted,
            Note reason) {
        commands.queue(
                tx,
                team,
                server,
                Actor.system(team),
                new Order.RefuseCertificate(wanted.app(), wanted.names(), reason),
                VALIDITY);
    }

    private static Note foreign(Report.CertificateWanted wanted) {
        return Note.of(Notes.CERTIFICATE_NAMES_REFUSED, "names", String.join(", ", wanted.names()));
    }

    private Optional<App> app(TeamId team, ServerId server, String id) {
        return id.isBlank()
                ? Optional.empty()
                : apps.find(team, new AppId(id)).filter(app -> app.server().equals(server));
    }

    private List<String> check(App app, Report.CertificateWanted wanted) {
        List<String> asked =
                wanted.names().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        Set<String> own = names.of(app);
        if (asked.isEmpty() || wanted.csr().length() > LONGEST_REQUEST || !own.containsAll(asked)) {
            throw new ForeignNames();
        }
        return asked.stream().distinct().toList();
    }

    private static final class ForeignNames extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForeignNames() {
            super("names that are not the app's", null, false, false);
        }
    }
}
