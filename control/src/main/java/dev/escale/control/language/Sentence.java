package dev.escale.control.language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sentence with holes for facts.
 *
 * <ul>
 *   <li><code>{name}</code> is the fact as it is, a number as the language writes it;
 *   <li><code>{name,size}</code>, <code>{name,duration}</code>, <code>{name,percent}</code> are
 *       bytes, seconds and a share of one with their units;
 *   <li><code>{name,code}</code> is set as code where there is a typeface;
 *   <li><code>{name:one app|# apps}</code> chooses by number, with an optional first form for none:
 *       <code>{name:no app|one app|# apps}</code>. English says the plural from 2 and for 0, French
 *       from 2.
 * </ul>
 */
public final class Sentence {
    private final List<Part> parts;

    private Sentence(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Takes the text piece by piece; a surface with markup sets facts and code apart. */
    public interface Writer {
        void text(String text);

        void code(String text);

        /** A fact that is neither a text nor a number. */
        default void thing(Object fact) {
            text(fact.toString());
        }
    }

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Fact(String name, String form) implements Part {}

        record Choice(String name, List<Sentence> forms) implements Part {}
    }

    /**
     * @throws IllegalArgumentException when a brace has no partner or a form is not known
     */
    public static Sentence parse(String pattern) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            int open = pattern.indexOf('{', at);
            if (open < 0) {
                open = pattern.length();
            }
            if (open > at) {
                parts.add(new Part.Text(pattern.substring(at, open)));
            }
            if (open == pattern.length()) {
                break;
            }
            int close = closing(pattern, open);
            parts.add(hole(pattern.substring(open + 1, close)));
            at = close + 1;
        }
        return new Sentence(parts);
    }

    public void write(Locale language, Map<String, ?> facts, Writer writer) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String text) -> writer.text(text);
                case Part.Fact(String name, String form) ->
                        fact(language, name, facts.get(name), form, writer);
                case Part.Choice(String name, List<Sentence> forms) ->
                        forms.get(choose(language, number(facts.get(name)), forms.size()))
                                .write(language, withCount(facts, name), writer);
            }
        }
    }

    public String text(Locale language, Map<String, ?> facts) {
        StringBuilder text = new StringBuilder();
        write(
                language,
                facts,
                new Writer() {
                    @Override
                    public void text(String piece) {
                        text.append(piece);
                    }

                    @Override
                    public void code(String piece) {
                        text.append(piece);
                    }
                });
        return text.toString();
    }

    /** Names of the facts, so that a test can compare the languages. */
    public Set<String> facts() {
        Set<String> names = new TreeSet<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> {}
                case Part.Fact(String name, String form) -> names.add(name);
                case Part.Choice(String name, List<Sentence> forms) -> {
                    names.add(name);
                    forms.forEach(form -> names.addAll(form.facts()));
                }
            }
        }
        names.remove("#");
        return names;
    }

    private static int closing(String pattern, int open) {
        int depth = 0;
        for (int i = open; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a brace is not closed in: " + pattern);
    }

    private static Part hole(String inside) {
        int colon = inside.indexOf(':');
        if (colon >= 0) {
            List<Sentence> forms = new ArrayList<>();
            for (String form : inside.substring(colon + 1).split("\\|", -1)) {
                forms.add(parse(form.replace("#", "{#}")));
            }
            return new Part.Choice(inside.substring(0, colon), forms);
        }
        int comma = inside.indexOf(',');
        return comma < 0
                ? new Part.Fact(inside, "")
                : new Part.Fact(inside.substring(0, comma), inside.substring(comma + 1));
    }

    private static int choose(Locale language, double number, int forms) {
        boolean singular =
                Figures.isFrench(language) ? Math.abs(number) < 2 : Math.abs(number) == 1;
        if (forms == 3) {
            return number == 0 ? 0 : singular ? 1 : 2;
        }
        return singular ? 0 : forms - 1;
    }

    private static Map<String, Object> withCount(Map<String, ?> facts, String name) {
        Map<String, Object> all = new java.util.HashMap<>(facts);
        all.put("#", number(facts.get(name)));
        return all;
    }

    private static void fact(
            Locale language, String name, @Nullable Object fact, String form, Writer writer) {
        if (fact == null) {
            writer.text("{" + name + "}");
            return;
        }
        switch (form) {
            case "code" -> writer.code(fact.toString());
            case "size" -> writer.text(Figures.size(language, (long) number(fact)));
            case "percent" -> writer.text(Figures.percent(language, number(fact)));
            case "duration" ->
                    writer.text(
                            Figures.duration(
                                    language, Duration.ofMillis((long) (number(fact) * 1000))));
            case "" -> {
                switch (fact) {
                    case Number number -> writer.text(Figures.number(language, number));
                    case String text -> writer.text(text);
                    default -> writer.thing(fact);
                }
            }
            default -> throw new IllegalArgumentException("there is no form " + form);
        }
    }

    /** Agents send numbers as texts. One that is none chooses the plural. */
    private static double number(@Nullable Object fact) {
        if (fact instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return fact == null ? 2 : Double.parseDouble(fact.toString());
        } catch (NumberFormatException notOne) {
            return 2;
        }
    }
}
