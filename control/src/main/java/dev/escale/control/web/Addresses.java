package dev.escale.control.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Network addresses as people write them. */
final class Addresses {
    private static final Pattern ZEROS = Pattern.compile("(?<![^:])0(?::0)+(?![^:])");

    private Addresses() {}

    /** IPv6 with its longest run of zeros left out (RFC 5952); anything else as it is. */
    static String shortened(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            return literal instanceof Inet6Address
                    ? withoutZeros(literal.getHostAddress())
                    : literal.getHostAddress();
        } catch (IllegalArgumentException noLiteral) {
            return address;
        }
    }

    private static String withoutZeros(String whole) {
        return ZEROS.matcher(whole)
                .results()
                .max((one, other) -> length(one) - length(other))
                .map(zeros -> cut(whole, zeros.start(), zeros.end()))
                .orElse(whole);
    }

    private static int length(MatchResult zeros) {
        return zeros.end() - zeros.start();
    }

    private static String cut(String whole, int from, int to) {
        String before = from == 0 ? ":" : whole.substring(0, from);
        String after = to == whole.length() ? ":" : whole.substring(to);
        return before + after;
    }
}
