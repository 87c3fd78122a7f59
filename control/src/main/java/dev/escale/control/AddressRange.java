package dev.escale.control;

import java.net.InetAddress;

/**
 * An address, or a network such as {@code 10.0.0.0/8}.
 *
 * @param bits length of the prefix
 */
public record AddressRange(InetAddress network, int bits) {

    /**
     * @throws IllegalArgumentException when it is not an address of numbers, or the prefix is wrong
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        InetAddress network = InetAddress.ofLiteral(parts[0]);
        int all = network.getAddress().length * 8;
        int bits = parts.length < 2 ? all : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("prefix of " + text);
        }
        return new AddressRange(network, bits);
    }

    /**
     * @param literal an address of numbers
     */
    public boolean contains(String literal) {
        byte[] ours = network.getAddress();
        byte[] theirs = InetAddress.ofLiteral(literal).getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
