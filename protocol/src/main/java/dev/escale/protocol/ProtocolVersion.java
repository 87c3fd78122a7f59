package dev.escale.protocol;

/**
 * The version of the protocol, one integer.
 *
 * <ul>
 *   <li>1 (2026-11-23): first version.
 * </ul>
 *
 * Ask for "at least N", never for equality, and prefer a new message to a changed one.
 */
public final class ProtocolVersion {
    public static final int CURRENT = 1;

    private ProtocolVersion() {}
}
