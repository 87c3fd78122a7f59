package dev.escale.control.mail;

import dev.escale.control.language.Messages;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * A letter as mail, in the language of whoever gets it: the same words as text and as simple HTML,
 * which loads nothing from anywhere.
 */
final class MailText {
    private static final String NAME = "Escale";

    private final Messages messages;
    private final TemplateEngine templates;
    private final String from;

    MailText(Messages messages, TemplateEngine templates, String from) {
        this.messages = messages;
        this.templates = templates;
        this.from = from;
    }

    /** The same id each time, so that mailboxes know a letter that comes twice. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    MimeMessage message(Session session, String id, Letter letter, Instant now)
            throws MessagingException {
        var mail =
                new Identified(
                        session, "<" + id + "@" + from.substring(from.indexOf('@') + 1) + ">");
        try {
            mail.setFrom(new InternetAddress(from, NAME, "UTF-8"));
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.recipient(), true));
        mail.setSubject(say(letter, "subject"), "UTF-8");
        mail.setSentDate(Date.from(now));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("Content-Language", letter.language().getLanguage());
        var plain = new MimeBodyPart();
        plain.setText(plain(letter), "UTF-8", "plain");
        var html = new MimeBodyPart();
        html.setText(html(letter), "UTF-8", "html");
        mail.setContent(new MimeMultipart("alternative", plain, html));
        return mail;
    }

    private String plain(Letter letter) {
        return String.join(
                "\n\n",
                say(letter, "text"),
                say(letter, "button") + ":\n" + letter.link(),
                say(letter, "foot"),
                "");
    }

    private String html(Letter letter) {
        var out = new StringOutput();
        templates.render(
                "mail/letter.jte",
                Map.of(
                        "language", letter.language().getLanguage(),
                        "title", say(letter, "subject"),
                        "text", say(letter, "text"),
                        "button", say(letter, "button"),
                        "link", letter.link().toString(),
                        "foot", say(letter, "foot")),
                out);
        return out.toString();
    }

    private String say(Letter letter, String part) {
        return messages.text(
                letter.language(), "mail." + letter.kind() + "." + part, letter.facts());
    }
}
