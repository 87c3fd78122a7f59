package dev.escale.control.web;

import dev.escale.control.language.Sentence;
import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.escape.Escape;
import java.util.Locale;
import java.util.Map;

/** Sentences as markup: texts are escaped, code and links are set as such. */
final class Markup {
    private Markup() {}

    static Content of(Sentence sentence, Locale language, Map<String, ?> facts) {
        return output -> sentence.write(language, facts, new Into(output));
    }

    static Content code(String text) {
        return output -> new Into(output).code(text);
    }

    static Content strong(String text) {
        return output -> {
            output.writeContent("<strong>");
            output.writeUserContent(text);
            output.writeContent("</strong>");
        };
    }

    /**
     * @param address one of ours, or an {@code https} address of an app; anything else becomes text
     */
    static Content link(String address, String text) {
        return address.startsWith("/") || address.startsWith("https://") || address.startsWith("#")
                ? output -> {
                    output.writeContent("<a href=\"");
                    Escape.htmlAttribute(address, output);
                    output.writeContent("\">");
                    output.writeUserContent(text);
                    output.writeContent("</a>");
                }
                : output -> output.writeUserContent(text);
    }

    private record Into(TemplateOutput output) implements Sentence.Writer {
        @Override
        public void text(String text) {
            output.writeUserContent(text);
        }

        @Override
        public void code(String text) {
            output.writeContent("<code>");
            output.writeUserContent(text);
            output.writeContent("</code>");
        }

        @Override
        public void thing(Object fact) {
            if (fact instanceof Content content) {
                output.writeUserContent(content);
            } else {
                output.writeUserContent(fact.toString());
            }
        }
    }
}
