package dev.escale.control.web;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Keeps what a reader chose for all pages: dark or light, English or French. */
@Controller
class ChoiceController {

    @PostMapping("/theme")
    String theme(
            @RequestParam String theme,
            @RequestParam(defaultValue = "/") String back,
            HttpServletResponse response) {
        Theme.of(theme).ifPresent(chosen -> Cookies.keep(response, PageMaker.THEME, chosen.text()));
        return back(back);
    }

    @PostMapping("/language")
    String language(
            @RequestParam String language,
            @RequestParam(defaultValue = "/") String back,
            HttpServletResponse response) {
        LanguageChoice.of(language).ifPresent(chosen -> LanguageChoice.keep(response, chosen));
        return back(back);
    }

    private static String back(String path) {
        boolean here = path.startsWith("/") && !path.startsWith("//") && !path.contains("\\");
        return "redirect:" + (here ? path : "/");
    }
}
