package dev.escale.control.source;

/**
 * How much one push may bring.
 *
 * @param megabytes of the pack as it travels
 */
record PushLimit(long megabytes) {
    static final PushLimit DEFAULT = new PushLimit(1024);

    long bytes() {
        return megabytes << 20;
    }
}
