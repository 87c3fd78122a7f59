package dev.escale.control.source;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Notices that the far end has gone: JGit keeps that to itself when it sends progress. */
final class WatchedResponse extends HttpServletResponseWrapper {
    private static final String ATTRIBUTE = WatchedResponse.class.getName();

    private final AtomicBoolean gone = new AtomicBoolean();

    WatchedResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        request.setAttribute(ATTRIBUTE, gone);
    }

    /** Becomes true when something could not be written. */
    static AtomicBoolean gone(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AtomicBoolean gone
                ? gone
                : new AtomicBoolean();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Watched(super.getOutputStream());
    }

    private final class Watched extends ServletOutputStream {
        private final ServletOutputStream out;

        Watched(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            watched(() -> out.write(octet));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            watched(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            watched(out::flush);
        }

        @Override
        public void close() throws IOException {
            watched(out::close);
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }

        private void watched(Writing writing) throws IOException {
            try {
                writing.write();
            } catch (IOException failure) {
                gone.set(true);
                throw failure;
            }
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}
