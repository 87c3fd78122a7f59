package dev.escale.control.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Serves the files that pages load. */
@Controller
class AssetController {
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String THIS_TIME = "no-cache";

    private final Assets assets;

    AssetController(Assets assets) {
        this.assets = assets;
    }

    @GetMapping("/assets/{hash}/{*path}")
    void asset(
            @PathVariable String hash,
            @PathVariable String path,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        send(path.substring(1), assets.isCurrent(hash) ? FOR_GOOD : THIS_TIME, request, response);
    }

    /** Browsers ask for it by themselves where there is no page, as for an image. */
    @GetMapping("/favicon.ico")
    void favicon(HttpServletRequest request, HttpServletResponse response) throws IOException {
        send("favicon.svg", THIS_TIME, request, response);
    }

    private void send(
            String path, String caching, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Asset asset = assets.find(path).orElse(null);
        if (asset == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(asset.type());
        response.setHeader("Cache-Control", caching);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Vary", "Accept-Encoding");
        boolean compressed = asset.gains() && accepts(request);
        if (compressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        byte[] bytes = compressed ? asset.compressed() : asset.bytes();
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static boolean accepts(HttpServletRequest request) {
        String encodings = request.getHeader("Accept-Encoding");
        return encodings != null && encodings.contains("gzip");
    }
}
