package dev.escale.control.web;

import dev.escale.control.language.Figures;
import dev.escale.control.language.Messages;
import dev.escale.control.language.Sentence;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Note;
import gg.jte.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every template gets: the words, figures and dates of the reader's language, addresses, and
 * who reads.
 *
 * @param visitor null at the door
 * @param csrf token that every form sends back; null where the request needs none
 */
public record Page(
        Locale language,
        Messages messages,
        Assets assets,
        Clock clock,
        @Nullable Theme theme,
        @Nullable Visitor visitor,
        @Nullable String csrf,
        String path) {

    /**
     * @param facts name, value, name, value …
     */
    public String say(String key, @Nullable Object... facts) {
        return sentence(key).text(language, facts(facts));
    }

    /** As {@link #say}; facts may be markup from this class. */
    public Content rich(String key, @Nullable Object... facts) {
        return Markup.of(sentence(key), language, facts(facts));
    }

    /** An agent newer than us may send a note that we have no sentence for. */
    public Content note(Note note) {
        return messages.sentence(language, "note." + note.code())
                .map(sentence -> Markup.of(sentence, language, note.facts()))
                .orElse(Markup.code(note.code() + " " + note.facts()));
    }

    /** What to do about what the note says; null when there is nothing more to say. */
    public @Nullable Content noteHint(Note note) {
        return messages.sentence(language, "note." + note.code() + ".hint")
                .map(sentence -> Markup.of(sentence, language, note.facts()))
                .orElse(null);
    }

    /** A refusal in one sentence. */
    public Content problem(String code, Map<String, String> facts) {
        return messages.sentence(language, "problem." + code)
                .map(sentence -> Markup.of(sentence, language, facts))
                .orElse(Markup.code(code + " " + facts));
    }

    /** What to do about it; null when there is nothing more to say. */
    public @Nullable Content hint(String code, Map<String, String> facts) {
        return messages.sentence(language, "problem." + code + ".hint")
                .map(sentence -> Markup.of(sentence, language, facts))
                .orElse(null);
    }

    /** The reader's word for a value of an open list; the value itself when it is a new one. */
    public String word(String list, String value) {
        return messages.sentence(language, list + "." + value)
                .map(sentence -> sentence.text(language, Map.of()))
                .orElse(value);
    }

    /** What an app is, such as {@code node}. */
    public String kind(String kind) {
        return word("page.kind", kind);
    }

    public Content code(String text) {
        return Markup.code(text);
    }

    public Content link(String address, String text) {
        return Markup.link(address, text);
    }

    public Content strong(String text) {
        return Markup.strong(text);
    }

    public String number(Number number) {
        return Figures.number(language, number);
    }

    public String size(long bytes) {
        return Figures.size(language, bytes);
    }

    public String percent(double share) {
        return Figures.percent(language, share);
    }

    public String duration(Duration duration) {
        return Figures.duration(language, duration);
    }

    public String seconds(double seconds) {
        return duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** Seconds with two decimals, as output is stamped. */
    public String millis(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / 1000.0);
    }

    public String ago(Instant moment) {
        Moments.Relative relative = Moments.relative(moment, clock.instant());
        return say(relative.unit(), "n", relative.count());
    }

    public String absolute(Instant moment) {
        return Moments.absolute(language, zone(), moment);
    }

    /** Of a network, as people write it. */
    public String address(@Nullable String address) {
        return address == null ? "–" : Addresses.shortened(address);
    }

    public String time(Instant moment) {
        return Moments.clock(zone(), moment);
    }

    /**
     * The zone in which the reader wants all times; null: that of the browser, UTC without scripts.
     */
    public @Nullable ZoneId zone() {
        return visitor == null ? null : visitor.preferences().timeZone();
    }

    /**
     * Time of day; scripts turn it into that of the browser's zone, unless the reader chose one.
     */
    public Content clockTime(Instant moment) {
        return output -> {
            output.writeContent("<time data-clock datetime=\"" + moment + "\" title=\"");
            output.writeContent(absolute(moment));
            output.writeContent("\">");
            output.writeContent(Moments.clock(language, zone(), moment));
            output.writeContent("</time>");
        };
    }

    /** Relative, with the absolute time on hover. */
    public Content when(Instant moment) {
        return output -> {
            output.writeContent("<time data-relative datetime=\"" + moment + "\" title=\"");
            output.writeContent(absolute(moment));
            output.writeContent("\">");
            output.writeUserContent(ago(moment));
            output.writeContent("</time>");
        };
    }

    public String asset(String path) {
        return assets.url(path);
    }

    public Locale otherLanguage() {
        return language.equals(Locale.FRENCH) ? Locale.ENGLISH : Locale.FRENCH;
    }

    /** Address of this page that chooses the other language for good. */
    public String inOtherLanguage() {
        return path + "?lang=" + otherLanguage().getLanguage();
    }

    /** Address inside the visitor's team, such as {@code /apps}. */
    public String to(String path) {
        return "/" + reader().team().slug() + path;
    }

    /** A word of a command to be pasted into a shell: quoted, unless it needs no quotes. */
    public static String shell(String word) {
        return word.matches("[A-Za-z0-9._/@:+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    public Visitor reader() {
        if (visitor == null) {
            throw new IllegalStateException("nobody is signed in at " + path);
        }
        return visitor;
    }

    public boolean may(String permission) {
        return visitor != null && visitor.actor().may(permission);
    }

    public boolean may(String permission, Target target) {
        return visitor != null && visitor.actor().may(permission, target);
    }

    private Sentence sentence(String key) {
        return messages.sentence(language, key)
                .orElseThrow(() -> new IllegalArgumentException("there is no sentence " + key));
    }

    private static Map<String, Object> facts(@Nullable Object... pairs) {
        Map<String, Object> facts = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            facts.put(String.valueOf(pairs[i]), value == null ? "" : value);
        }
        return facts;
    }
}
