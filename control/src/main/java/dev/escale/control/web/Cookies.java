package dev.escale.control.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Small choices of a reader that the browser keeps. */
final class Cookies {
    private static final int YEAR = (int) Duration.ofDays(365).toSeconds();

    private Cookies() {}

    static @Nullable String read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    static void forget(HttpServletResponse response, String name) {
        keep(response, name, "", 0);
    }

    static void keep(HttpServletResponse response, String name, String value) {
        keep(response, name, value, YEAR);
    }

    private static void keep(HttpServletResponse response, String name, String value, int age) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setMaxAge(age);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }
}
