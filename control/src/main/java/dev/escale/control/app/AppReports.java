package dev.escale.control.app;

import dev.escale.control.agentlink.ReportListener;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.protocol.Report;
import java.time.Instant;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Writes down what agents say of the processes of apps. */
@Component
class AppReports implements ReportListener {
    private final Apps apps;
    private final AppFeed feed;

    AppReports(Apps apps, AppFeed feed) {
        this.apps = apps;
        this.feed = feed;
    }

    @Override
    public void report(DSLContext tx, TeamId team, ServerId server, Instant at, Report report) {
        if (report instanceof Report.AppChanged changed) {
            apps.find(team, new AppId(changed.app()))
                    .filter(app -> app.server().equals(server))
                    .ifPresent(app -> changed(app, changed));
        }
    }

    private void changed(App app, Report.AppChanged changed) {
        apps.process(app.team(), app.id(), changed.appState(), changed.note());
        feed.tell(app.team(), app.id(), "state");
    }
}
