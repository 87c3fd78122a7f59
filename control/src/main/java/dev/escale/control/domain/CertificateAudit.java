package dev.escale.control.domain;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.app.App;
import dev.escale.control.authority.IssuedCertificate;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who got a certificate for which names, and who did not. */
record CertificateAudit(AuditTrail trail) {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateAudit.class);
    private static final String ACTION = "certificate.issue";
    private static final int TEXT = 200;

    void issued(App app, List<String> names, IssuedCertificate certificate) {
        record(
                app.team(),
                app.server(),
                app.target(),
                "done",
                Map.of(
                        "names", String.join(" ", names),
                        "serial", certificate.serial(),
                        "notAfter", certificate.notAfter().toString()));
    }

    void refused(TeamId team, ServerId server, Report.CertificateWanted wanted, String reason) {
        String names = cut(String.join(" ", wanted.names()));
        LOG.warn("server={} gets no certificate for {}: {}", server, names, reason);
        record(
                team,
                server,
                Target.server(server.value(), server.value()),
                "refused",
                Map.of("names", names, "app", cut(wanted.app()), "reason", cut(reason)));
    }

    private void record(
            TeamId team,
            ServerId server,
            Target target,
            String outcome,
            Map<String, String> detail) {
        var agent =
                new Actor(
                        ActorType.AGENT,
                        server.value(),
                        "agent",
                        team,
                        Grants.NONE,
                        new Origin(null, Origin.Via.AGENT),
                        Locale.ENGLISH);
        trail.record(
                AuditTrail.Line.event(Ids.random("op"), agent, ACTION, target, outcome, detail));
    }

    private static String cut(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= TEXT ? printable : printable.substring(0, TEXT);
    }
}
