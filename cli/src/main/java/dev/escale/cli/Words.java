package dev.escale.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The texts of the command line, in the language of {@code LC_ALL}, {@code LC_MESSAGES} or {@code
 * LANG}.
 */
public final class Words {
    static final String BUNDLE = "dev.escale.cli.words";

    private Words() {}

    /**
     * @param facts fill {@code {0}}, {@code {1}} …
     */
    public static String say(String key, Object... facts) {
        String text = bundle().getString(key);
        return facts.length == 0 ? text : new MessageFormat(text, locale()).format(facts);
    }

    static ResourceBundle bundle() {
        return ResourceBundle.getBundle(
                BUNDLE,
                locale(),
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public static Locale locale() {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = System.getenv(name);
            if (value != null && !value.isBlank()) {
                return value.startsWith("fr") ? Locale.FRENCH : Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }
}
