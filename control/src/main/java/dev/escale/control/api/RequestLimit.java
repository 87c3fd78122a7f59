package dev.escale.control.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds the bodies of REST requests and of forms, whether their length is announced or not. */
final class RequestLimit extends OncePerRequestFilter {
    static final long BYTES = 1024 * 1024;
    private static final long PASSED_OVER = 8L << 20;

    private final ProblemWriter writer;

    RequestLimit(ProblemWriter writer) {
        this.writer = writer;
    }

    /** Pushes have their own limit. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/git/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > BYTES) {
            response.setHeader("Connection", "close");
            passOver(request.getInputStream());
            writer.write(request, response, RequestTooLarge.problem(BYTES));
        } else {
            chain.doFilter(new Bounded(request), response);
            readToEnd(request);
        }
    }

    /**
     * Whoever is refused before their body was looked at may use the connection again: Jetty closes
     * it without a word when a body comes just as the answer goes.
     */
    private static void readToEnd(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            passOver(request.getInputStream());
        }
    }

    /**
     * A connection that is closed while its client still sends is reset, and the answer lost with
     * it: so a body that is not much too long is read to its end.
     */
    private static void passOver(InputStream body) throws IOException {
        long left = PASSED_OVER;
        var chunk = new byte[16 << 10];
        for (int read = 0; read >= 0 && left > 0; left -= read) {
            read = body.read(chunk);
        }
    }

    private static final class Bounded extends HttpServletRequestWrapper {
        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class BoundedStream extends ServletInputStream {
        private final ServletInputStream stream;
        private long left = BYTES;

        BoundedStream(ServletInputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            int read = stream.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = stream.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                passOver(stream);
                throw new RequestTooLarge(BYTES);
            }
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
