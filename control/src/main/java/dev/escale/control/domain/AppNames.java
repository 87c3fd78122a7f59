package dev.escale.control.domain;

import dev.escale.control.app.App;
import dev.escale.control.server.Servers;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The host names that belong to an app. */
final class AppNames {
    private final Servers servers;

    AppNames(Servers servers) {
        this.servers = servers;
    }

    /** The name under its server's address, and the one in its URL if that was another. */
    Set<String> of(App app) {
        var names = new HashSet<String>();
        servers.find(app.team(), app.server())
                .flatMap(server -> server.site())
                .ifPresent(site -> names.add(site.name(app.slug()).toLowerCase(Locale.ROOT)));
        String url = app.url();
        if (url != null) {
            names.add(URI.create(url).getHost().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
