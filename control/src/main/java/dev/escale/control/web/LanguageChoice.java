package dev.escale.control.web;

import dev.escale.control.language.Messages;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The language that a reader chose by {@code ?lang=} stays, in a cookie; without a choice the
 * browser's wish counts. Whoever asks the request for its locale gets the answer.
 */
final class LanguageChoice extends OncePerRequestFilter {
    private static final String COOKIE = "escale_language";
    private static final String PARAMETER = "lang";

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Locale> chosen = of(parameter(request));
        if (chosen.isPresent()) {
            keep(response, chosen.get());
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", withoutChoice(request));
            return;
        }
        Optional<Locale> kept = kept(request);
        chain.doFilter(kept.isPresent() ? speaking(request, kept.get()) : request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/") || path.startsWith("/git/") || path.startsWith("/agent/");
    }

    /** Read from the query, because asking for parameters would consume a form. */
    private static @Nullable String parameter(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null || !request.getMethod().equals("GET")) {
            return null;
        }
        for (String pair : query.split("&")) {
            if (pair.startsWith(PARAMETER + "=")) {
                return pair.substring(PARAMETER.length() + 1);
            }
        }
        return null;
    }

    private static String withoutChoice(HttpServletRequest request) {
        String rest =
                String.join(
                        "&",
                        java.util.Arrays.stream(request.getQueryString().split("&"))
                                .filter(pair -> !pair.startsWith(PARAMETER + "="))
                                .toList());
        // one slash, so that the address stays one of this host
        String path = "/" + request.getRequestURI().replaceFirst("^/+", "");
        return rest.isEmpty() ? path : path + "?" + rest;
    }

    static Optional<Locale> kept(HttpServletRequest request) {
        return of(Cookies.read(request, COOKIE));
    }

    static void forget(HttpServletResponse response) {
        Cookies.forget(response, COOKIE);
    }

    static void keep(HttpServletResponse response, Locale language) {
        Cookies.keep(response, COOKIE, language.getLanguage());
    }

    static Optional<Locale> of(@Nullable String text) {
        return Messages.LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(text))
                .findFirst();
    }

    private static HttpServletRequest speaking(HttpServletRequest request, Locale language) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public Locale getLocale() {
                return language;
            }
        };
    }
}
