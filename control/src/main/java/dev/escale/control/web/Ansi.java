package dev.escale.control.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Output of a program: its colours become classes, every other escape sequence is left out. */
public final class Ansi {
    /** CSI, OSC and two-letter sequences (ECMA-48), and what is left of control characters. */
    private static final Pattern SEQUENCE =
            Pattern.compile(
                    "\u001b\\[([0-9;:?]*)[ -/]*([@-~])"
                            + "|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)"
                            + "|\u001b.?"
                            + "|[\\x00-\\x08\\x0b-\\x1f\\x7f]");

    private static final List<String> COLOURS =
            List.of("", "red", "green", "yellow", "blue", "magenta", "cyan", "");

    private @Nullable String colour;
    private boolean bold;
    private boolean faint;

    private Ansi() {}

    public static Content of(String text) {
        return output -> new Ansi().write(text, output);
    }

    /** The text alone. */
    public static String plain(String text) {
        return SEQUENCE.matcher(text).replaceAll("");
    }

    private void write(String text, TemplateOutput output) {
        Matcher sequences = SEQUENCE.matcher(text);
        int at = 0;
        while (sequences.find()) {
            piece(text.substring(at, sequences.start()), output);
            if ("m".equals(sequences.group(2))) {
                select(sequences.group(1));
            }
            at = sequences.end();
        }
        piece(text.substring(at), output);
    }

    private void piece(String text, TemplateOutput output) {
        if (text.isEmpty()) {
            return;
        }
        String classes = classes();
        if (classes.isEmpty()) {
            output.writeUserContent(text);
            return;
        }
        output.writeContent("<span class=\"" + classes + "\">");
        output.writeUserContent(text);
        output.writeContent("</span>");
    }

    private String classes() {
        List<String> classes = new ArrayList<>();
        if (colour != null) {
            classes.add(colour);
        }
        if (bold) {
            classes.add("bold");
        }
        if (faint) {
            classes.add("faint");
        }
        return String.join(" ", classes);
    }

    private void select(String parameters) {
        String[] codes = parameters.split("[;:]", -1);
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i].matches("\\d{1,3}") ? Integer.parseInt(codes[i]) : 0;
            if (code == 38 || code == 48) {
                // a colour of 256 or 16 million: no class for it, but its numbers are not codes
                i += i + 1 < codes.length && codes[i + 1].equals("5") ? 2 : 4;
            } else {
                select(code);
            }
        }
    }

    private void select(int code) {
        switch (code) {
            case 0 -> {
                colour = null;
                bold = false;
                faint = false;
            }
            case 1 -> bold = true;
            case 2 -> faint = true;
            case 22 -> {
                bold = false;
                faint = false;
            }
            case 39 -> colour = null;
            case 90 -> colour = "faint";
            default -> {
                int hue = code >= 90 ? code - 90 : code - 30;
                if ((code >= 30 && code <= 37) || (code > 90 && code <= 97)) {
                    colour = COLOURS.get(hue).isEmpty() ? null : COLOURS.get(hue);
                }
            }
        }
    }
}
