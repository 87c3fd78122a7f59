package dev.escale.control.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.db.TestDatabase;
import dev.escale.control.secret.TestSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the system's openssl as the agent that asks and the client that checks. */
class AuthorityTest {
    private final TestDatabase database = TestDatabase.Kind.SQLITE.fresh();
    private Authority authority;

    @TempDir private Path folder;

    @BeforeEach
    void open() {
        authority = authority("escale.example.com");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSiteGetsACertificateThatOpensslVerifiesForItsName() throws IOException {
        List<String> names = List.of("shop.localhost", "shop.10-0-0-7.sslip.io");

        IssuedCertificate issued = authority.issue(names, csr(names));

        assertThat(verify(issued, "shop.localhost")).contains("OK");
        assertThat(verify(issued, "shop.10-0-0-7.sslip.io")).contains("OK");
        assertThat(verify(issued, "other.localhost")).contains("hostname mismatch");
        assertThat(Duration.between(Instant.now(), issued.notAfter()).toDays()).isBetween(89L, 90L);
    }

    @Test
    void theRootIsTheSameAfterARestartAndHasItsFingerprint() {
        Authority again = authority("escale.example.com");

        assertThat(again.rootPem()).isEqualTo(authority.rootPem());
        assertThat(again.sha256()).isEqualTo(authority.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void theRootCarriesItsConstraintsWhereOpensslSeesThem() throws IOException {
        Path root = write("root.pem", authority.rootPem());

        String text = openssl("x509", "-in", root.toString(), "-noout", "-text");

        assertThat(text)
                .contains("X509v3 Name Constraints: critical")
                .contains("DNS:localhost", "DNS:sslip.io", "DNS:internal", "DNS:test")
                .contains("DNS:escale.example.com", "IP:10.0.0.0/255.0.0.0")
                .contains("CA:TRUE, pathlen:0");
    }

    @Test
    void namesOfTheInternetAndOfTheControlPlaneItselfAreRefused() {
        for (String name :
                List.of("example.com", "8.8.8.8", "localhost.example.com", "escale.example.com")) {
            assertThatThrownBy(() -> authority.issue(List.of(name), csr(List.of(name))))
                    .as(name)
                    .isInstanceOf(CertificateRefused.class)
                    .hasMessageContaining("does not vouch for");
        }
    }

    @Test
    void aRequestForOtherNamesThanWereOrderedIsRefused() {
        List<String> ordered = List.of("shop.localhost");

        assertThatThrownBy(() -> authority.issue(ordered, csr(List.of("bank.localhost"))))
                .isInstanceOf(CertificateRefused.class);
        assertThatThrownBy(
                        () ->
                                authority.issue(
                                        ordered, csr(List.of("shop.localhost", "bank.localhost"))))
                .isInstanceOf(CertificateRefused.class);
        assertThatThrownBy(() -> authority.issue(List.of(), csr(ordered)))
                .isInstanceOf(CertificateRefused.class);
    }

    @Test
    void aRequestThatDoesNotProveItsKeyIsRefused() throws IOException {
        List<String> names = List.of("shop.localhost");
        byte[] der = der(csr(names));
        der[der.length - 5] ^= 1;

        assertThatThrownBy(() -> authority.issue(names, pem(der)))
                .isInstanceOf(CertificateRefused.class);
        assertThatThrownBy(() -> authority.issue(names, "nonsense"))
                .isInstanceOf(CertificateRefused.class);
        assertThatThrownBy(() -> authority.issue(names, authority.rootPem()))
                .isInstanceOf(CertificateRefused.class);
    }

    private Authority authority(String host) {
        return new Authority(
                TestSecrets.keys(database.database(), folder), host, Clock.systemUTC());
    }

    private String csr(List<String> names) {
        try {
            String alternatives =
                    String.join(
                            ",",
                            names.stream()
                                    .map(name -> (name.matches("[0-9.]+") ? "IP:" : "DNS:") + name)
                                    .toList());
            return openssl(
                    "req",
                    "-new",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-keyout",
                    folder.resolve("key.pem").toString(),
                    "-subj",
                    "/CN=x",
                    "-addext",
                    "subjectAltName=" + alternatives);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String verify(IssuedCertificate issued, String name) throws IOException {
        Path chain = write("chain.pem", issued.chain());
        Path root = write("root.pem", authority.rootPem());
        return openssl(
                "verify",
                "-x509_strict",
                "-CAfile",
                root.toString(),
                "-verify_hostname",
                name,
                chain.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] der(String pem) {
        String base64 =
                pem.substring(pem.indexOf("-----BEGIN")).replaceAll("-----[^-]*-----|\\s", "");
        return java.util.Base64.getDecoder().decode(base64);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + java.util.Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    private static String openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
