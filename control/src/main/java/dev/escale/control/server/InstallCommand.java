package dev.escale.control.server;

import dev.escale.control.ControlConfig;
import dev.escale.control.authority.Authority;
import java.net.URI;

/**
 * The line to paste on a server.
 *
 * <p>Where another program has apt's locks, as on a server that has just booted, it tries again for
 * some minutes; apt says who has them. It takes the certificate whose fingerprint it carries from
 * the chain that the control plane shows, fetches the installer trusting that one alone, and only
 * then runs it. The token stands in the environment, so that no list of processes shows it.
 */
final class InstallCommand {
    private static final String TEXT =
            """
            ESCALE_AGENT_TOKEN=@TOKEN@ sh -c 's=; [ "$(id -u)" = 0 ] || s="sudo --preserve-env=ESCALE_AGENT_TOKEN"; \
            for p in curl openssl; do n=0; until command -v $p >/dev/null || { $s apt-get -qq update && $s apt-get -qq install -y $p; }; do \
            n=$((n + 1)); [ $n -lt 18 ] || exit 1; echo "waiting for apt" >&2; sleep 10; done; done; \
            d=$(mktemp -d) && trap "rm -rf $d" EXIT; \
            openssl s_client -connect @HOST@ -showcerts </dev/null 2>/dev/null | awk -v d="$d/" "/BEGIN CERT/{n++}n{print>(d n)}"; \
            for c in "$d"/*; do [ "$(openssl x509 -in "$c" -outform der 2>/dev/null | sha256sum)" = "@CA_SHA256@  -" ] && r=$c; done; \
            [ "$r" ] || { echo "@HOST@ does not show the certificate @CA_SHA256@: nothing was run" >&2; exit 1; }; \
            curl -fsS --cacert "$r" -o "$d/i" @URL@/install.sh && $s sh "$d/i"'\
            """;

    private final URI url;
    private final String fingerprint;

    InstallCommand(ControlConfig config, Authority authority) {
        this.url = config.agentUrl();
        this.fingerprint = authority.sha256();
    }

    String with(RegistrationTokens.Fresh token) {
        int port = url.getPort() == -1 ? 443 : url.getPort();
        return TEXT.replace("@TOKEN@", token.text())
                .replace("@HOST@", url.getHost() + ":" + port)
                .replace("@CA_SHA256@", fingerprint)
                .replace("@URL@", url.toString());
    }
}
