package dev.escale.control.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A real mail server on a port of this machine, with a certificate for {@code localhost} that
 * nobody trusts by itself. It takes what it is told to take.
 */
public final class TestMailServer implements AutoCloseable {
    public static final String USER = "post";
    public static final String PASSWORD = "s3cret+&/";

    private final LinkedBlockingQueue<MimeMessage> received = new LinkedBlockingQueue<>();
    private final Path authority;
    private final SSLContext tls;
    private final int port;
    private volatile @Nullable RejectException refusal;
    private volatile Runnable meanwhile = () -> {};
    private @Nullable SMTPServer server;

    public TestMailServer(Path folder) {
        this.authority = folder.resolve("mail.pem");
        this.tls = certificate(authority, "localhost");
        this.port = freePort();
    }

    public int port() {
        return port;
    }

    /** PEM of its certificate. */
    public Path authority() {
        return authority;
    }

    /** Begins to listen, offering STARTTLS, and wants to know who sends. */
    public TestMailServer startTls() {
        return listen(
                SMTPServer.port(port)
                        .startTlsSocketFactory(tls)
                        .requireTLS()
                        .requireAuth()
                        .authenticationHandlerFactory(
                                new EasyAuthenticationHandlerFactory(TestMailServer::login)));
    }

    /** Begins to listen, encrypted from the start. */
    public TestMailServer tls() {
        return listen(SMTPServer.port(port).serverSocketFactory(tls));
    }

    /** Takes nothing from now on, and says this. */
    public void refuse(int code, String why) {
        refusal = new RejectException(code, why);
    }

    /** What happens while it takes a letter. */
    public void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    public void takeAgain() {
        refusal = null;
    }

    public MimeMessage next() throws InterruptedException {
        MimeMessage message = received.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no mail came");
        }
        return message;
    }

    public boolean isEmpty() {
        return received.isEmpty();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
    }

    private TestMailServer listen(SMTPServer.Builder builder) {
        BasicMessageListener listener = this::take;
        server = builder.messageHandler(listener).build();
        server.start();
        return this;
    }

    private void take(MessageContext context, String from, String to, byte[] data)
            throws RejectException {
        if (refusal != null) {
            throw refusal;
        }
        meanwhile.run();
        try {
            received.add(
                    new MimeMessage(
                            Session.getInstance(new Properties()), new ByteArrayInputStream(data)));
        } catch (MessagingException malformed) {
            throw new RejectException(554, malformed.getMessage());
        }
    }

    private static void login(String user, String password, MessageContext context)
            throws LoginFailedException {
        if (!user.equals(USER) || !password.equals(PASSWORD)) {
            throw new LoginFailedException();
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static SSLContext certificate(Path pem, String host) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
            Instant now = Instant.now();
            X500Name name = new X500Name("CN=" + host);
            X509Certificate certificate =
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    new JcaX509v3CertificateBuilder(
                                                    name,
                                                    BigInteger.valueOf(now.toEpochMilli()),
                                                    Date.from(now.minus(Duration.ofHours(1))),
                                                    Date.from(now.plus(Duration.ofDays(1))),
                                                    name,
                                                    keys.getPublic())
                                            .addExtension(
                                                    Extension.subjectAlternativeName,
                                                    false,
                                                    new GeneralNames(
                                                            new GeneralName(
                                                                    GeneralName.dNSName, host)))
                                            .build(
                                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                                            .build(keys.getPrivate())));
            Files.writeString(
                    pem,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                    .encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "mail", keys.getPrivate(), new char[0], new Certificate[] {certificate});
            var managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(store, new char[0]);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(managers.getKeyManagers(), null, null);
            return tls;
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
