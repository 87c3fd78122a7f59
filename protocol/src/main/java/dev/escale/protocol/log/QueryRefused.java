package dev.escale.protocol.log;

/** A query that means nothing. */
public final class QueryRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String part;

    /**
     * @param code such as {@code query.unclosed}: there is a sentence for it in both languages
     * @param part of the query that is wrong
     */
    QueryRefused(String code, String part) {
        super(code + ": " + part);
        this.code = code;
        this.part = part;
    }

    public String code() {
        return code;
    }

    public String part() {
        return part;
    }
}
