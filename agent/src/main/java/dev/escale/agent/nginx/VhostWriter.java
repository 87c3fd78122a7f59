package dev.escale.agent.nginx;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the file of one app. All that goes in is of a type that admits nothing Nginx could take
 * for a directive: {@link Hostname}, {@link Endpoint}, {@link ConfigPath}, an app id.
 */
record VhostWriter(NginxSetup setup, Listen listen) {

    String write(Site site) {
        String names = site.names().stream().map(Hostname::text).collect(Collectors.joining(" "));
        return upstreams(site) + redirect(names) + server(site, names);
    }

    private String upstreams(Site site) {
        return switch (site.content()) {
            case Site.Files _ -> "# Written by Escale; changes here are lost.\n";
            case Site.Proxy(Endpoint a, Endpoint b) ->
                    "# Written by Escale; changes here are lost.\n"
                            + upstream(site, "a", server(a, ""))
                            + upstream(site, "b", server(b, ""))
                            + upstream(site, "ab", server(a, "") + server(b, " backup"))
                            + upstream(site, "ba", server(b, "") + server(a, " backup"))
                            // for the moment in which a site of files becomes one of a process
                            + upstream(site, "files", server(a, "") + server(b, " backup"));
        };
    }

    /**
     * Node.js closes idle connections after 5 s: Nginx must give them up before; and long before,
     * as the end of a release, and a rollback right after it, wait for them.
     */
    private static String upstream(Site site, String route, String servers) {
        return "upstream escale_%s_%s {\n%s    keepalive 16;\n    keepalive_timeout 500ms;\n}\n"
                .formatted(site.app(), route, servers);
    }

    private static String server(Endpoint endpoint, String role) {
        return "    server %s max_fails=0%s;\n".formatted(endpoint, role);
    }

    private String redirect(String names) {
        String port = setup.httpsPort() == 443 ? "" : ":" + setup.httpsPort();
        return "server {\n"
                + listen.http()
                + "    server_name %s;\n    return 308 https://$host%s$request_uri;\n}\n"
                        .formatted(names, port);
    }

    private String server(Site site, String names) {
        return "server {\n"
                + listen.https("")
                + """
                    server_name %s;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    ssl_session_cache shared:escale:10m;
                    ssl_session_timeout 1d;
                    ssl_session_tickets off;
                    add_header X-Escale-Release $escale_release always;
                    error_page 503 /.escale-stopped;
                    location = /.escale-stopped {
                        internal;
                        default_type text/html;
                        return 503 "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>503</title><h1>503</h1><p lang=en>This app is stopped.<p lang=fr>Cette application est arrêtée.";
                    }
                """
                        .formatted(names, new ConfigPath(site.chain()), new ConfigPath(site.key()))
                + content(site)
                + "}\n";
    }

    private String content(Site site) {
        return switch (site.content()) {
            case Site.Proxy _ -> proxy(site);
            case Site.Files files -> files(site, files.singlePage()) + shared(files.shared());
        };
    }

    private String proxy(Site site) {
        return """
            root %s;
            client_max_body_size 64m;
            location / {
                if ($escale_route = stopped) {
                    return 503;
                }
                proxy_pass http://escale_%s_$escale_route;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $escale_connection;
                proxy_set_header X-Real-IP $remote_addr;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Host $http_host;
                proxy_set_header X-Forwarded-Proto https;
                proxy_hide_header X-Escale-Release;
                proxy_next_upstream error;
                proxy_connect_timeout 5s;
                proxy_read_timeout 300s;
                proxy_send_timeout 300s;
            }
        """
                .formatted(new ConfigPath(site.live().resolve("now")), site.app());
    }

    /** In the release they are links that lead out of it, which Nginx does not follow. */
    private static String shared(List<Site.Shared> folders) {
        return folders.stream()
                .map(
                        shared ->
                                """
                                    location ^~ %s/ {
                                        if ($escale_route = stopped) {
                                            return 503;
                                        }
                                        location ~ /\\. {
                                            return 404;
                                        }
                                        alias %s/;
                                        disable_symlinks on;
                                    }
                                """
                                        .formatted(
                                                new ConfigPath(Path.of("/").resolve(shared.at())),
                                                new ConfigPath(shared.folder())))
                .collect(Collectors.joining());
    }

    /** A link that leads out of the site is refused: it could name any file Nginx may read. */
    private String files(Site site, boolean singlePage) {
        return """
            root %s;
            index index.html;
            absolute_redirect off;
            disable_symlinks on from=$document_root;
            add_header Cache-Control $escale_cache;
            gzip on;
            gzip_types text/css application/javascript application/json image/svg+xml;
            error_page 404 /404.html;
            location / {
                if ($escale_route = stopped) {
                    return 503;
                }
                try_files $uri $uri/ $uri.html %s=404;
            }
            location ~ /\\.(?!well-known/) {
                return 404;
            }
            location ~ \\.[A-Za-z0-9]+$ {
                if ($escale_route = stopped) {
                    return 503;
                }
                try_files $uri =404;
            }
        """
                .formatted(
                        new ConfigPath(site.live().resolve("now/site")),
                        singlePage ? "/index.html " : "");
    }
}
