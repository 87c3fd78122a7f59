package dev.escale.control.mail;

import dev.escale.control.MailServer;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** The connection to the mail server: a new one for each letter. */
final class MailLine {
    private static final String PATIENCE = "20000";

    private final Session session;
    private final MailText text;

    /**
     * @throws IllegalArgumentException when the certificate of its authority cannot be used
     */
    MailLine(MailServer server, MailText text) {
        this.session = session(server);
        this.text = text;
    }

    Delivery hand(String id, Letter letter, Instant now) {
        try {
            Transport.send(text.message(session, id, letter, now));
            return new Delivery.Taken();
        } catch (AddressException wrong) {
            return new Delivery.Refused(why(wrong));
        } catch (MessagingException failure) {
            String why = why(failure);
            return isForEver(failure) ? new Delivery.Refused(why) : new Delivery.NotNow(why);
        }
    }

    /** RFC 5321: replies from 500 on are not to be tried again as they are. */
    private static boolean isForEver(MessagingException failure) {
        for (Exception each = failure; each instanceof MessagingException one; ) {
            int code =
                    switch (one) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSenderFailedException sender -> sender.getReturnCode();
                        case SMTPSendFailedException sending -> sending.getReturnCode();
                        default -> 0;
                    };
            if (code >= 500) {
                return true;
            }
            each = one.getNextException();
        }
        return false;
    }

    /** The innermost reason is the one that says something. */
    private static String why(MessagingException failure) {
        Exception innermost = failure;
        while (innermost instanceof MessagingException one && one.getNextException() != null) {
            innermost = one.getNextException();
        }
        Throwable reason = innermost;
        while (reason.getCause() != null && !(innermost instanceof MessagingException)) {
            reason = reason.getCause();
        }
        String message = reason.getMessage();
        return message == null || message.isBlank() ? reason.toString() : message.strip();
    }

    private static Session session(MailServer server) {
        String protocol = server.tls() ? "smtps" : "smtp";
        Properties settings = new Properties();
        settings.put("mail.transport.protocol.rfc822", protocol);
        put(settings, protocol, "host", server.host());
        put(settings, protocol, "port", Integer.toString(server.port()));
        put(settings, protocol, "connectiontimeout", PATIENCE);
        put(settings, protocol, "timeout", PATIENCE);
        put(settings, protocol, "writetimeout", PATIENCE);
        put(settings, protocol, "starttls.enable", "true");
        put(settings, protocol, "starttls.required", Boolean.toString(!server.isHere()));
        put(settings, protocol, "ssl.checkserveridentity", "true");
        put(settings, protocol, "ssl.protocols", "TLSv1.3 TLSv1.2");
        put(settings, protocol, "auth", Boolean.toString(server.user() != null));
        Path authority = server.authority();
        if (authority != null) {
            put(settings, protocol, "ssl.socketFactory", trusting(authority));
        }
        return Session.getInstance(settings, authenticator(server));
    }

    private static void put(Properties settings, String protocol, String name, Object value) {
        settings.put("mail." + protocol + "." + name, value);
    }

    private static @Nullable Authenticator authenticator(MailServer server) {
        String user = server.user();
        var password = server.password();
        if (user == null || password == null) {
            return null;
        }
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password.value());
            }
        };
    }

    private static SSLSocketFactory trusting(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority-" + number++, each);
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls.getSocketFactory();
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalArgumentException(
                    "The certificates in " + pem + " cannot be used", failure);
        }
    }
}
