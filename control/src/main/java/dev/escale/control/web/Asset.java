package dev.escale.control.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file that pages load.
 *
 * @param compressed the same with gzip; identical to the bytes where that gains nothing
 */
record Asset(String type, byte[] bytes, byte[] compressed) {
    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css;charset=UTF-8",
                    "js", "text/javascript;charset=UTF-8",
                    "svg", "image/svg+xml",
                    "woff2", "font/woff2");

    static Asset of(String path, byte[] bytes) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("no content type is known for " + path);
        }
        return new Asset(type, bytes, path.endsWith(".woff2") ? bytes : compress(bytes));
    }

    boolean gains() {
        return compressed.length < bytes.length;
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toByteArray();
    }
}
