package dev.escale.control.provider;

/**
 * A provider did not do its part. What it wrote itself is in the message, for the log; no page
 * shows it.
 */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 200;

    private final Kind kind;

    public enum Kind {
        /** Not reached, out of order, or not in time. */
        SILENT,
        /** An answer that is none. */
        NONSENSE,
        /** It knows the request and refuses it. */
        REFUSED
    }

    public ProviderException(Kind kind, String what) {
        super(plain(what));
        this.kind = kind;
    }

    public ProviderException(Kind kind, String what, Throwable cause) {
        super(plain(what), cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** One line of plain characters: it comes from outside. */
    private static String plain(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
