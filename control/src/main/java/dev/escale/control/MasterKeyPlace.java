package dev.escale.control;

import java.nio.file.Path;

/** Where the key that wraps all others comes from. */
public sealed interface MasterKeyPlace {

    /** Made at the first start when it is not there. */
    record File(Path path) implements MasterKeyPlace {}

    /**
     * @param text 32 bytes as base64; several with commas between: the first wraps, all open
     */
    record Text(SecretText text) implements MasterKeyPlace {}
}
