package dev.escale.agent.release;

import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.nginx.Hostname;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys and certificates of apps, {@code certificates/APP/{key,chain}.pem}. A key is made here and
 * stays here; the control plane turns the request for it into a certificate.
 */
final class Certificates {
    static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path folder;
    private final HostShell shell;
    private final InstantSource clock;
    private final Duration patience;

    /** Of those that somebody waits for, by app. */
    private final Map<String, Optional<Note>> wanted = new HashMap<>();

    Certificates(Path agentHome, HostShell shell, InstantSource clock, Duration patience) {
        this.folder = agentHome.resolve("certificates");
        this.shell = shell;
        this.clock = clock;
        this.patience = patience;
    }

    Path folder(String app) {
        return folder.resolve(app);
    }

    Path key(String app) {
        return folder(app).resolve("key.pem");
    }

    Path chain(String app) {
        return folder(app).resolve("chain.pem");
    }

    /** Waits, if need be, for a certificate of these names that is good for 30 days more. */
    void ensure(String app, List<Hostname> names, DeploymentReporter reporter)
            throws RolloutFailed, IOException, InterruptedException {
        if (good(app, names)) {
            return;
        }
        String request = request(app, names);
        synchronized (this) {
            wanted.put(app, Optional.empty());
        }
        try {
            reporter.certificateWanted(texts(names), request);
            await(app, names);
        } finally {
            synchronized (this) {
                wanted.remove(app);
            }
        }
    }

    boolean good(String app, List<Hostname> names) throws IOException {
        try {
            return leaf(Files.readString(chain(app)))
                    .filter(leaf -> covers(leaf, texts(names)))
                    .filter(
                            leaf ->
                                    leaf.getNotAfter()
                                            .toInstant()
                                            .isAfter(clock.instant().plus(RENEW_BEFORE)))
                    .isPresent();
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /** PKCS#10 in PEM for these names, with the app's key, which is made if it is not there. */
    String request(String app, List<Hostname> names)
            throws IOException, RolloutFailed, InterruptedException {
        Files.createDirectories(folder(app));
        Releases.mode(folder, "rwx------");
        if (!Files.exists(key(app))) {
            Path fresh = folder(app).resolve("key.new");
            Files.deleteIfExists(fresh);
            openssl(OpensslCommands.key(fresh));
            Releases.mode(fresh, "rw-------");
            Files.move(fresh, key(app));
        }
        return openssl(OpensslCommands.request(key(app), names));
    }

    /**
     * @return why not, when it is not one for the app's key and names
     */
    synchronized Optional<Note> install(Order.InstallCertificate order)
            throws IOException, InterruptedException {
        String app = AppFolder.of(folder, order.app()).root().getFileName().toString();
        try {
            Optional<X509Certificate> leaf = leaf(order.chain());
            if (leaf.isEmpty()) {
                return Optional.of(refused("not a chain of certificates"));
            }
            if (!Files.exists(key(app))) {
                return Optional.of(refused("no key waits for it"));
            }
            if (!covers(leaf.get(), order.names())) {
                return Optional.of(refused("other names than asked for"));
            }
            String key = openssl(OpensslCommands.publicKey(key(app)));
            String bare = key.replaceAll("-----[A-Z ]+-----|\\s", "");
            if (!Base64.getEncoder()
                    .encodeToString(leaf.get().getPublicKey().getEncoded())
                    .equals(bare)) {
                return Optional.of(refused("for another key"));
            }
        } catch (RolloutFailed failure) {
            return Optional.of(failure.reason());
        }
        AtomicFile.write(chain(app), order.chain(), "rw-r--r--");
        notifyAll();
        return Optional.empty();
    }

    /** Ends the wait for a certificate of this app, if there is one. */
    synchronized void refuse(String app, Note reason) {
        wanted.replace(app, Optional.of(reason));
        notifyAll();
    }

    private synchronized void await(String app, List<Hostname> names)
            throws IOException, RolloutFailed, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!good(app, names)) {
            Note refusal = wanted.getOrDefault(app, Optional.empty()).orElse(null);
            if (refusal != null) {
                throw new RolloutFailed(refusal);
            }
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new RolloutFailed(
                        Note.of(
                                Notes.CERTIFICATE_MISSING,
                                "seconds",
                                Long.toString(patience.toSeconds())));
            }
            wait(left);
        }
    }

    private String openssl(HostCommand command)
            throws IOException, RolloutFailed, InterruptedException {
        HostResult result = shell.run(command.with(Map.of("HOME", "/nonexistent")));
        if (!result.succeeded()) {
            throw new RolloutFailed(refused(result.summary()));
        }
        return result.out();
    }

    private static Note refused(String reason) {
        return Note.of(Notes.CERTIFICATE_FAILED, "reason", reason);
    }

    private static Optional<X509Certificate> leaf(String chain) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .findFirst();
        } catch (CertificateException notOne) {
            return Optional.empty();
        }
    }

    private static boolean covers(X509Certificate leaf, List<String> names) {
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives == null) {
                return false;
            }
            Set<String> covered =
                    alternatives.stream()
                            .filter(entry -> Integer.valueOf(2).equals(entry.getFirst()))
                            .map(entry -> String.valueOf(entry.get(1)))
                            .collect(Collectors.toCollection(HashSet::new));
            return covered.containsAll(names);
        } catch (CertificateException malformed) {
            return false;
        }
    }

    private static List<String> texts(List<Hostname> names) {
        return names.stream().map(Hostname::text).toList();
    }
}
