package dev.escale.control.web;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Keeps whether a reader wants dark or light. */
@Controller
class ThemeController {

    @PostMapping("/theme")
    String choose(
            @RequestParam String theme,
            @RequestParam(defaultValue = "/") String back,
            HttpServletResponse response) {
        Theme.of(theme).ifPresent(chosen -> Cookies.keep(response, PageMaker.THEME, chosen.text()));
        boolean here = back.startsWith("/") && !back.startsWith("//") && !back.contains("\\");
        return "redirect:" + (here ? back : "/");
    }
}
