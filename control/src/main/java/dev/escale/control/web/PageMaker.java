package dev.escale.control.web;

import dev.escale.control.language.Messages;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers the {@link Page} of the request, and live parts the one of their reader. */
public final class PageMaker implements HandlerMethodArgumentResolver {
    static final String THEME = "escale_theme";

    private final Messages messages;
    private final Assets assets;
    private final Clock clock;
    private final Visitors visitors;

    PageMaker(Messages messages, Assets assets, Clock clock, Visitors visitors) {
        this.messages = messages;
        this.assets = assets;
        this.clock = clock;
        this.visitors = visitors;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Page.class;
    }

    @Override
    public Page resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("not a servlet request");
        }
        return of(request, visitors.of(request).orElse(null));
    }

    /** A page whatever the path says, as for an error. */
    public Page of(HttpServletRequest request, @Nullable Visitor visitor) {
        Preferences preferences = visitor == null ? Preferences.NONE : visitor.preferences();
        return new Page(
                preferences.language(request),
                messages,
                assets,
                clock,
                preferences.theme(request),
                visitor,
                csrf(request),
                request.getRequestURI());
    }

    /** For parts that are drawn after the page was sent. They have no forms of their own. */
    public Page live(Locale language, Visitor visitor, @Nullable String csrf) {
        return new Page(
                Messages.supported(language), messages, assets, clock, null, visitor, csrf, "/");
    }

    public Visitors visitors() {
        return visitors;
    }

    private static @Nullable String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? token.getToken()
                : null;
    }
}
