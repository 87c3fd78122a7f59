package dev.escale.control.web;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.View;

/** Draws templates. */
public final class Views {
    private static final int BUFFER = 8192;

    private final TemplateEngine templates;

    Views(TemplateEngine templates) {
        this.templates = templates;
    }

    /**
     * @param template such as {@code app/list}
     * @param parameters name, value, name, value … of the template beside {@code page}
     */
    public View page(Page page, String template, Object... parameters) {
        return page(200, page, template, parameters);
    }

    public View page(int status, Page page, String template, Object... parameters) {
        Map<String, Object> all = parameters(page, parameters);
        return (model, request, response) ->
                send(status, template, all, compressed(request), response);
    }

    /** After a form was taken: to an address of ours, to be fetched anew. */
    public View redirect(String address) {
        return (model, request, response) -> {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", address);
        };
    }

    /** A part of a page as text, for the page stream. */
    public String part(Page page, String template, Object... parameters) {
        StringOutput out = new StringOutput();
        templates.render(template + ".jte", parameters(page, parameters), out);
        return out.toString();
    }

    void send(int status, Page page, String template, HttpServletResponse response, Object... rest)
            throws IOException {
        send(status, template, parameters(page, rest), false, response);
    }

    private void send(
            int status,
            String template,
            Map<String, Object> parameters,
            boolean compressed,
            HttpServletResponse response)
            throws IOException {
        // drawn whole before the first byte leaves, so that a fault becomes an error page
        Utf8ByteOutput out = new Utf8ByteOutput();
        templates.render(template + ".jte", parameters, out);
        response.setStatus(status);
        response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Accept-Encoding");
        try {
            if (compressed) {
                response.setHeader("Content-Encoding", "gzip");
                try (var gzip = new GZIPOutputStream(response.getOutputStream(), BUFFER)) {
                    out.writeTo(gzip);
                }
            } else {
                response.setContentLength(out.getContentLength());
                out.writeTo(response.getOutputStream());
            }
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    /** Pages repeat no input beside a secret; the token of their forms differs each time. */
    private static boolean compressed(HttpServletRequest request) {
        String encodings = request.getHeader("Accept-Encoding");
        return encodings != null && encodings.contains("gzip");
    }

    private static Map<String, Object> parameters(Page page, Object... pairs) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("page", page);
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put((String) pairs[i], pairs[i + 1]);
        }
        return parameters;
    }
}
