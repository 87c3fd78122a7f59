package dev.escale.control.mail;

import dev.escale.control.ControlConfig;
import dev.escale.control.MailServer;
import dev.escale.control.StartRefused;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.event.Events;
import dev.escale.control.language.Messages;
import dev.escale.control.secret.Secrets;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Sends mail when a server for it is set. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    @Bean
    Letters letters(Database database, LetterSeal seal, Clock clock, ControlConfig config) {
        var postage = new Postage(database, clock);
        return new Letters(database, seal, postage, clock, config.mail() != null);
    }

    @Bean
    LetterSeal letterSeal(Secrets secrets, JsonMapper json) {
        return new LetterSeal(secrets, json);
    }

    @Bean
    Outgoing outgoingLetters(Database database, LetterSeal seal) {
        return new Outgoing(database, seal);
    }

    @Bean
    Postman postman(
            ControlConfig config,
            Letters letters,
            Outgoing outgoing,
            Messages messages,
            TeamLookup teams,
            Events events,
            Clock clock) {
        return new Postman(letters, outgoing, line(config, messages), teams, events, clock);
    }

    private static @Nullable MailLine line(ControlConfig config, Messages messages) {
        MailServer server = config.mail();
        if (server == null) {
            return null;
        }
        var templates = TemplateEngine.createPrecompiled(ContentType.Html);
        try {
            return new MailLine(server, new MailText(messages, templates, sender(config, server)));
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("ESCALE_SMTP_URL: " + wrong.getMessage() + ".", wrong);
        }
    }

    private static String sender(ControlConfig config, MailServer server) {
        String from = server.from();
        String user = server.user();
        if (from != null) {
            return from;
        }
        return user != null && user.contains("@") ? user : "escale@" + config.publicUrl().getHost();
    }
}
