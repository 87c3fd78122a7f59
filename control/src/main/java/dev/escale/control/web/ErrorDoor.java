package dev.escale.control.web;

import dev.escale.control.operation.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the server refuses before a controller is reached: a missing form token, a bad address. */
@Controller
class ErrorDoor implements ErrorController {
    private final ErrorPages pages;

    ErrorDoor(ErrorPages pages) {
        this.pages = pages;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : HttpServletResponse.SC_NOT_FOUND;
        pages.send(request, response, problem(request, status));
    }

    private static Problem problem(HttpServletRequest request, int status) {
        return switch (status) {
            case 403 -> Problem.of(403, "page.formStale");
            case 404, 405 ->
                    Problem.of(
                            status,
                            "request.unknownPath",
                            "path",
                            String.valueOf(
                                    request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)));
            default ->
                    status >= 500 ? ErrorPages.failed() : Problem.of(status, "request.forbidden");
        };
    }
}
