package dev.escale.control.mail;

import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.LetterRecord;
import dev.escale.control.secret.Secrets;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what letters tell, and the links in them, from whoever reads the database. */
final class LetterSeal {
    private final Secrets secrets;
    private final JsonMapper json;

    LetterSeal(Secrets secrets, JsonMapper json) {
        this.secrets = secrets;
        this.json = json;
    }

    private record Inside(Map<String, String> facts, String link) {}

    byte[] close(TeamId team, Letter letter) {
        var inside = new Inside(letter.facts(), letter.link().toString());
        return secrets.seal(team, json.writeValueAsString(inside));
    }

    /**
     * @return empty when it was sent, or does not open: altered, or sealed with a key that is gone
     */
    Optional<Letter> open(TeamId team, LetterRecord row) {
        byte[] sealed = row.getSealed();
        if (sealed == null) {
            return Optional.empty();
        }
        try {
            Inside inside = json.readValue(secrets.open(team, sealed), Inside.class);
            return Optional.of(
                    new Letter(
                            row.getSubject(),
                            row.getKind(),
                            row.getRecipient(),
                            Locale.of(row.getLanguage()),
                            inside.facts(),
                            URI.create(inside.link())));
        } catch (IllegalStateException | JacksonException closed) {
            return Optional.empty();
        }
    }
}
