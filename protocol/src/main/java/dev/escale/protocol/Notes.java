package dev.escale.protocol;

/**
 * The codes of {@link Note} that agents send. Each has a sentence in both languages; a test
 * compares the lists.
 */
public final class Notes {
    private Notes() {}
}
