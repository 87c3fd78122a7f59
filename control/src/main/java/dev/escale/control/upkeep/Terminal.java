package dev.escale.control.upkeep;

import dev.escale.control.language.Messages;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Tells the operator, in the language of the machine, what is going on. */
record Terminal(PrintStream out, Messages messages) {

    /**
     * @param pairs name, value, name, value …
     */
    void say(String key, String... pairs) {
        var facts = new java.util.HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            facts.put(pairs[i], pairs[i + 1]);
        }
        out.println(messages.text(Locale.getDefault(), "upkeep." + key, Map.copyOf(facts)));
        out.flush();
    }
}
