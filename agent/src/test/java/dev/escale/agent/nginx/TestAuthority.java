package dev.escale.agent.nginx;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A certificate authority of the tests, by openssl. */
public final class TestAuthority {
    private final Path folder;
    private final HostShell shell = new HostShell();

    public TestAuthority(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", file("ca.key"));
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                file("ca.key"),
                "-subj",
                "/CN=Test authority",
                "-days",
                "30",
                "-out",
                file("ca.pem"));
    }

    /** Signs what the request asks for, and returns the chain. */
    public String sign(String request, List<String> names)
            throws IOException, InterruptedException {
        Path csr = folder.resolve("site.csr");
        Path extensions = folder.resolve("extensions");
        Files.writeString(csr, request);
        Files.writeString(
                extensions,
                "subjectAltName="
                        + names.stream()
                                .map(name -> "DNS:" + name)
                                .collect(Collectors.joining(",")));
        openssl(
                "x509",
                "-req",
                "-in",
                csr.toString(),
                "-CA",
                file("ca.pem"),
                "-CAkey",
                file("ca.key"),
                "-CAcreateserial",
                "-days",
                "90",
                "-extfile",
                extensions.toString(),
                "-out",
                file("site.pem"));
        return Files.readString(folder.resolve("site.pem"))
                + Files.readString(folder.resolve("ca.pem"));
    }

    /** Makes a key and a certificate for it. */
    public void issue(Path key, Path chain, List<String> names)
            throws IOException, InterruptedException {
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key.toString());
        openssl(
                "req",
                "-new",
                "-key",
                key.toString(),
                "-subj",
                "/CN=" + names.getFirst(),
                "-out",
                file("own.csr"));
        Files.writeString(chain, sign(Files.readString(folder.resolve("own.csr")), names));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        var all = new java.util.ArrayList<String>();
        all.add("openssl");
        all.addAll(List.of(arguments));
        var result = shell.run(HostCommand.of(all));
        if (!result.succeeded()) {
            throw new IOException("openssl " + arguments[0] + ": " + result.summary());
        }
    }
}
