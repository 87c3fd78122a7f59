package dev.escale.control.source;

/**
 * How much one push may bring.
 *
 * @param megabytes of the pack as it travels
 * @param objectMegabytes of one file in it, unpacked
 */
record PushLimit(long megabytes, long objectMegabytes) {

    long bytes() {
        return megabytes << 20;
    }

    long objectBytes() {
        return objectMegabytes << 20;
    }
}
