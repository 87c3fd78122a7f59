package dev.escale.agent.nginx;

import java.util.regex.Pattern;

/**
 * Writes {@code escale.conf}: what the files of all apps use.
 *
 * <p>A browser never asks again for what is immutable, so a name that somebody chose must not pass
 * for one that a build derived from the content. Such are: what lies in folders where frameworks
 * put nothing else; hexadecimal digests, with letters among the digits, so that no date is one;
 * esbuild's capitals, of scripts and styles; and below known output folders, eight characters of
 * Base64 with capitals, small letters and a digit before a letter. What is missed, a browser asks
 * about with an ETag. Pages never are.
 */
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
                "~\\.html?$" no-cache;
                "~/(_next/static|_app/immutable|_astro)/" "public, max-age=31536000, immutable";
                "~[.-](?=[0-9a-f]*[a-f][0-9a-f]*[0-9])(?=[0-9a-f]*[0-9][0-9a-f]*[a-f])[0-9a-f]{8,32}\\.[a-z0-9]{1,6}(\\.map)?$" "public, max-age=31536000, immutable";
                "~[.-](?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{8}\\.(m?js|css)(\\.map)?$" "public, max-age=31536000, immutable";
                "~/(assets|build|static|_nuxt)/(.*/)?[^/]*[.-](?=[\\w-]*[0-9][\\w-]*[A-Za-z])(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])[\\w-]{8}\\.[a-z0-9]{1,6}(\\.map)?$" "public, max-age=31536000, immutable";
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
