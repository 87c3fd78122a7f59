package dev.escale.agent.pm2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of the "amp" framing that PM2's sockets use (npm {@code amp} and {@code amp-message}):
 * a byte with version and number of parts, then each part with its length in four bytes,
 * big-endian. A part is {@code j:} and JSON, or {@code s:} and text.
 */
record AmpFrame(List<String> parts) {
    private static final int VERSION = 1;

    /** The process list of a server with hundreds of apps stays far below. */
    private static final int LONGEST_PART = 16 << 20;

    byte[] encode() {
        var encoded = parts.stream().map(part -> part.getBytes(UTF_8)).toList();
        int length = 1 + encoded.stream().mapToInt(part -> 4 + part.length).sum();
        var buffer = ByteBuffer.allocate(length);
        buffer.put((byte) (VERSION << 4 | parts.size()));
        encoded.forEach(part -> buffer.putInt(part.length).put(part));
        return buffer.array();
    }

    static AmpFrame read(DataInputStream in) throws IOException {
        int meta = in.readUnsignedByte();
        if (meta >> 4 != VERSION) {
            throw new IOException("PM2 speaks another framing: version " + (meta >> 4));
        }
        var parts = new ArrayList<String>();
        for (int i = 0; i < (meta & 0xf); i++) {
            int length = in.readInt();
            if (length < 0 || length > LONGEST_PART) {
                throw new IOException("PM2 sent a part of " + length + " bytes");
            }
            byte[] part = in.readNBytes(length);
            if (part.length < length) {
                throw new EOFException("PM2 closed the connection within an answer");
            }
            parts.add(new String(part, UTF_8));
        }
        return new AmpFrame(parts);
    }
}
