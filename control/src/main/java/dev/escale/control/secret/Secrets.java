package dev.escale.control.secret;

import com.google.crypto.tink.Aead;
import dev.escale.control.db.TeamId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Seals texts for the database. What was sealed for one team does not open for another. */
public final class Secrets {
    private final Aead aead;

    Secrets(Aead aead) {
        this.aead = aead;
    }

    public byte[] seal(TeamId team, String text) {
        try {
            return aead.encrypt(text.getBytes(StandardCharsets.UTF_8), associated(team));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Sealing a secret failed", failure);
        }
    }

    /**
     * @throws IllegalStateException when it was sealed for another team, or altered
     */
    public String open(TeamId team, byte[] sealed) {
        try {
            return new String(aead.decrypt(sealed, associated(team)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A secret of team " + team + " does not open", failure);
        }
    }

    private static byte[] associated(TeamId team) {
        return ("team:" + team.value()).getBytes(StandardCharsets.UTF_8);
    }
}
