package dev.escale.agent.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads small files of {@code /proc} into one buffer, and numbers out of it, without making
 * strings. Not thread-safe.
 */
final class ProcFile {
    private final byte[] bytes = new byte[16 << 10];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int length;
    private int at;

    /**
     * @return false when it is not there, such as a process that has ended
     */
    boolean read(Path path) {
        buffer.clear();
        at = 0;
        length = 0;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                length = buffer.position();
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Goes to just after the first occurrence of the text from here on.
     *
     * @return false, and goes nowhere, when there is none
     */
    boolean seek(String text) {
        for (int start = at; start + text.length() <= length; start++) {
            int same = 0;
            while (same < text.length() && bytes[start + same] == text.charAt(same)) {
                same++;
            }
            if (same == text.length()) {
                at = start + same;
                return true;
            }
        }
        return false;
    }

    /** Goes to just after the last occurrence of the character. */
    void seekLast(char wanted) {
        for (int i = length - 1; i >= 0; i--) {
            if (bytes[i] == wanted) {
                at = i + 1;
                return;
            }
        }
    }

    boolean nextLine() {
        return seek("\n") && at < length;
    }

    /** The word that begins here, after blanks; goes behind it. */
    String word() {
        skipBlanks();
        int start = at;
        while (at < length && bytes[at] > ' ' && bytes[at] != ':') {
            at++;
        }
        return new String(bytes, start, at - start, java.nio.charset.StandardCharsets.US_ASCII);
    }

    boolean startsWith(String text) {
        skipBlanks();
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= length || bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The next whole number; -1 at the end of the line or file. */
    long number() {
        skipBlanks();
        if (at >= length || bytes[at] < '0' || bytes[at] > '9') {
            return -1;
        }
        long value = 0;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        return value;
    }

    /** The next decimal number. */
    double decimal() {
        long whole = number();
        if (whole < 0 || at >= length || bytes[at] != '.') {
            return whole;
        }
        int start = ++at;
        long fraction = number();
        return whole + fraction / Math.pow(10, at - start);
    }

    void skipWords(int count) {
        for (int i = 0; i < count; i++) {
            skipBlanks();
            while (at < length && bytes[at] > ' ') {
                at++;
            }
        }
    }

    private void skipBlanks() {
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }
}
