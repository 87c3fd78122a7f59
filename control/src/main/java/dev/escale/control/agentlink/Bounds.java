package dev.escale.control.agentlink;

import dev.escale.protocol.Facts;
import dev.escale.protocol.Note;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts what an agent says about itself to a size and alphabet that can be stored and shown. */
public final class Bounds {
    /** Of a WebSocket message, in bytes. */
    static final int MESSAGE = 1 << 20;

    /** Of a message before the agent has proved who it is. */
    static final int HELLO = 64 << 10;

    /** A day, in seconds. */
    private static final int LONGEST_DEPLOYMENT = 86_400;

    private static final int TEXT = 200;
    private static final int VERSION = 40;
    private static final int ITEMS = 32;

    private Bounds() {}

    public static String version(String text) {
        return cut(text, VERSION);
    }

    public static Facts of(Facts facts) {
        return new Facts(
                cut(facts.hostname(), TEXT),
                cut(facts.os(), TEXT),
                cut(facts.kernel(), TEXT),
                cut(facts.architecture(), TEXT),
                Math.clamp(facts.cpus(), 0, 1 << 16),
                Math.max(facts.memoryBytes(), 0),
                cut(facts.init(), TEXT),
                facts.addresses().stream().filter(Bounds::isAddress).limit(ITEMS).toList(),
                port(facts.httpPort()),
                port(facts.httpsPort()),
                facts.privileged(),
                facts.portsClosed(),
                note(facts.portsNote()),
                Math.clamp(facts.deploymentSeconds(), 0, LONGEST_DEPLOYMENT),
                optional(facts.node()),
                optional(facts.npm()),
                optional(facts.pm2()),
                optional(facts.nginx()),
                optional(facts.git()),
                optional(facts.docker()),
                each(facts.databases()));
    }

    /** PostgreSQL stores no NUL; JSON writes it as an escape. */
    static String withoutNul(String json) {
        return json.replace("\\u0000", "\\ufffd");
    }

    private static boolean isAddress(String text) {
        try {
            return text.length() <= 45 && !InetAddress.ofLiteral(text).isAnyLocalAddress();
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private static int port(int number) {
        return Math.clamp(number, 0, 65_535);
    }

    private static @Nullable String optional(@Nullable String text) {
        return text == null ? null : cut(text, TEXT);
    }

    private static @Nullable Note note(@Nullable Note note) {
        if (note == null) {
            return null;
        }
        var facts = new HashMap<String, String>();
        note.facts().entrySet().stream()
                .limit(ITEMS)
                .forEach(fact -> facts.put(cut(fact.getKey(), TEXT), cut(fact.getValue(), TEXT)));
        return new Note(cut(note.code(), TEXT), facts);
    }

    private static List<String> each(List<String> texts) {
        return texts.stream().limit(ITEMS).map(text -> cut(text, TEXT)).toList();
    }

    private static String cut(String text, int length) {
        String printable = text.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.length() <= length ? printable : printable.substring(0, length);
    }
}
