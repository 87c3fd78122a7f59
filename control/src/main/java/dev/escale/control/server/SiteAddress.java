package dev.escale.control.server;

import dev.escale.protocol.Facts;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's sites answer without a domain.
 *
 * @param base {@code localhost} for a server whose agent is on this machine or has loopback
 *     addresses only; otherwise a name under {@code sslip.io} that resolves to its first address
 * @param httpsPort on which its Nginx serves sites
 */
public record SiteAddress(String base, int httpsPort) {

    /**
     * @param origin address that the agent connects from
     */
    static SiteAddress of(Facts facts, @Nullable String origin) {
        List<InetAddress> outside =
                facts.addresses().stream()
                        .map(InetAddress::ofLiteral)
                        .filter(address -> !address.isLoopbackAddress())
                        .toList();
        boolean here = origin != null && isLoopback(origin);
        return new SiteAddress(
                here || outside.isEmpty() ? "localhost" : sslip(outside.getFirst()),
                facts.httpsPort());
    }

    /**
     * @return such as {@code shop.localhost}
     */
    public String name(String slug) {
        return slug + "." + base;
    }

    /**
     * @return such as {@code https://shop.localhost:8443}
     */
    public URI url(String slug) {
        return URI.create("https://" + name(slug) + (httpsPort == 443 ? "" : ":" + httpsPort));
    }

    /** IPv6 addresses are written without their zone, colons as dashes (sslip.io). */
    private static String sslip(InetAddress address) {
        String literal = address.getHostAddress().replaceAll("%.*", "");
        return literal.replace('.', '-').replace(':', '-') + ".sslip.io";
    }

    private static boolean isLoopback(String origin) {
        try {
            return InetAddress.ofLiteral(origin).isLoopbackAddress();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
