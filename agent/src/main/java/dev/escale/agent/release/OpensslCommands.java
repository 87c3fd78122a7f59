package dev.escale.agent.release;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.nginx.Hostname;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Argument lists for openssl. */
final class OpensslCommands {
    private OpensslCommands() {}

    static HostCommand key(Path key) {
        return HostCommand.of(
                "openssl",
                "ecparam",
                "-name",
                "prime256v1",
                "-genkey",
                "-noout",
                "-out",
                key.toString());
    }

    /** The request goes to standard output. */
    static HostCommand request(Path key, List<Hostname> names) {
        String alternatives =
                names.stream().map(name -> "DNS:" + name).collect(Collectors.joining(","));
        return HostCommand.of(
                "openssl",
                "req",
                "-new",
                "-sha256",
                "-key",
                key.toString(),
                "-subj",
                subject(names.getFirst()),
                "-addext",
                "subjectAltName=" + alternatives);
    }

    /**
     * Java refuses a certificate of empty subject; a common name has 64 characters at most (RFC
     * 5280).
     */
    private static String subject(Hostname name) {
        return name.text().length() <= 64 ? "/CN=" + name : "/O=Escale";
    }

    /** The public key goes to standard output, PEM. */
    static HostCommand publicKey(Path key) {
        return HostCommand.of("openssl", "pkey", "-in", key.toString(), "-pubout");
    }
}
