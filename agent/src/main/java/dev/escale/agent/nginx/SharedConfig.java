package dev.escale.agent.nginx;

import java.util.regex.Pattern;

/** Writes {@code escale.conf}: what the files of all apps use. */
final class SharedConfig {
    private static final String MAPS =
            """
            # Written by Escale; changes here are lost.
            map $realpath_root $escale_release {
                default "";
                "~/apps/[a-z0-9_]+/(live|releases)/(?<escale_number>[0-9]+)([-/].*)?$" $escale_number;
            }
            map $realpath_root $escale_route {
                default none;
                "~/apps/[a-z0-9_]+/live/[0-9]+-(?<escale_where>[a-z]+)(/site)?$" $escale_where;
            }
            map $http_upgrade $escale_connection {
                default upgrade;
                "" "";
            }
            map $uri $escale_cache {
                default no-cache;
                "~[.-](?=[A-Za-z0-9_-]*[0-9])([0-9a-f]{8,32}|[A-Za-z0-9_-]{8})\\.[a-z0-9]{1,6}(\\.map)?$" "public, max-age=31536000, immutable";
            }
            """;

    private SharedConfig() {}

    /**
     * @param foreign the configuration of others, to leave alone what they set
     */
    static String write(NginxSetup setup, Listen listen, String foreign) {
        var text = new StringBuilder(MAPS);
        if (!foreign.contains("server_names_hash_bucket_size")) {
            text.append("server_names_hash_bucket_size 256;\n");
        }
        if (!hasDefault(foreign, setup.httpsPort())) {
            text.append("server {\n")
                    .append(listen.https("default_server"))
                    .append("    server_name _;\n    ssl_reject_handshake on;\n}\n");
        }
        return text.toString();
    }

    private static boolean hasDefault(String foreign, int port) {
        return Pattern.compile("(?m)^\\s*listen\\s+[^;]*\\b" + port + "\\b[^;]*default_server")
                .matcher(foreign)
                .find();
    }
}
