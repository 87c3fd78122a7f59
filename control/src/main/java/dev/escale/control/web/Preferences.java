package dev.escale.control.web;

import dev.escale.control.language.Messages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a reader has chosen for all of their browsers. What they tell one browser by its menu counts
 * there before it; what they never chose is left to the browser.
 */
public record Preferences(
        @Nullable Locale language, @Nullable Theme theme, @Nullable ZoneId timeZone) {
    public static final Preferences NONE = new Preferences(null, null, null);

    /** English or French. */
    public Locale language(HttpServletRequest request) {
        return LanguageChoice.kept(request)
                .orElseGet(
                        () ->
                                language == null
                                        ? Messages.supported(request.getLocale())
                                        : language);
    }

    /** From here on they count in this browser too, whatever it was told by its menu. */
    public static void ruleIn(HttpServletResponse response) {
        LanguageChoice.forget(response);
        Cookies.forget(response, PageMaker.THEME);
    }

    /**
     * @return null: as the system
     */
    @Nullable Theme theme(HttpServletRequest request) {
        return Theme.of(Cookies.read(request, PageMaker.THEME)).orElse(theme);
    }
}
