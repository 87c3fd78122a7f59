package dev.escale.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.link.Pins;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.CommandHead;
import dev.escale.protocol.Jws;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides whether a command may run, in this order: signature over the bytes that came, server,
 * journal, expiry by the control plane's clock, and whether its order is understood.
 */
final class CommandCheck {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Pins pins;
    private final Journal journal;
    private final InstantSource controlClock;

    CommandCheck(Pins pins, Journal journal, InstantSource controlClock) {
        this.pins = pins;
        this.journal = journal;
        this.controlClock = controlClock;
    }

    Verdict judge(String jws) {
        String payload;
        try {
            payload = pins.verify(jws);
        } catch (Jws.SignatureRefused refused) {
            return unsigned(jws, String.valueOf(refused.getMessage()));
        }
        CommandHead head;
        try {
            head = Codec.read(CommandHead.class, payload);
        } catch (Codec.Malformed malformed) {
            return new Verdict.Nonsense(String.valueOf(malformed.getMessage()));
        }
        if (!ID.matcher(head.id()).matches()) {
            return new Verdict.Nonsense("a command without a proper id");
        }
        return judge(head, payload);
    }

    private Verdict judge(CommandHead head, String payload) {
        String id = head.id();
        if (!head.server().equals(pins.pinned().server())) {
            return new Verdict.Refused(id, Note.of(Notes.COMMAND_FOREIGN, "server", head.server()));
        }
        String sha256 = sha256(payload);
        Optional<JournalEntry> before = journal.find(id);
        if (before.isPresent()) {
            return before.get().sha256().equals(sha256)
                    ? new Verdict.Known(before.get())
                    : new Verdict.Refused(id, Note.of(Notes.COMMAND_REPLAYED));
        }
        if (!controlClock.instant().isBefore(head.expiresAt())) {
            String expired = head.expiresAt().toString();
            return new Verdict.Refused(id, Note.of(Notes.COMMAND_EXPIRED, "expired", expired));
        }
        try {
            Command command = Codec.read(Command.class, payload);
            var entry = JournalEntry.received(id, sha256, command.expiresAt(), command.order());
            return new Verdict.Fresh(command, entry, payload);
        } catch (Codec.Malformed unknown) {
            return new Verdict.NotUnderstood(id);
        }
    }

    /**
     * Nothing inside may be believed; the id that it claims is only good for telling that it was
     * refused, and is not remembered.
     */
    private static Verdict unsigned(String jws, String why) {
        String[] parts = jws.split("\\.", -1);
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : "");
            String id = Codec.read(CommandHead.class, new String(payload, UTF_8)).id();
            if (ID.matcher(id).matches()) {
                return new Verdict.Refused(id, Note.of(Notes.COMMAND_UNSIGNED, "reason", why));
            }
        } catch (IllegalArgumentException | Codec.Malformed nonsense) {
            return new Verdict.Nonsense(why);
        }
        return new Verdict.Nonsense(why);
    }

    private static String sha256(String payload) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(payload.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
