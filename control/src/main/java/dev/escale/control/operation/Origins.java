package dev.escale.control.operation;

import dev.escale.control.AddressRange;
import dev.escale.control.operation.Origin.Via;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Where a request comes from, through the proxies that are believed. */
public final class Origins {
    private final List<AddressRange> trusted;

    public Origins(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    public Origin of(HttpServletRequest request, Via via) {
        return new Origin(address(request), via);
    }

    /** Our command line says who it is; that is no matter of trust. */
    public static Via api(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return agent != null && agent.startsWith("escale-cli") ? Via.CLI : Via.API;
    }

    /** The last address that no trusted proxy has. */
    public String address(HttpServletRequest request) {
        String address = bare(request.getRemoteAddr());
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
            if (!isAddress(hops.get(i))) {
                break;
            }
            address = bare(hops.get(i));
        }
        return address;
    }

    /** As {@link #network(String)}, of the last address that no trusted proxy has. */
    public String network(HttpServletRequest request) {
        return network(address(request));
    }

    /**
     * What one subscriber has for themselves: an IPv4 address, or the /64 of an IPv6 one, in which
     * they can take another address at will (RFC 6177).
     */
    public static String network(String address) {
        try {
            var parsed = java.net.InetAddress.ofLiteral(bare(address));
            byte[] bytes = parsed.getAddress();
            return bytes.length == 4
                    ? parsed.getHostAddress()
                    : HexFormat.ofDelimiter(":").formatHex(bytes, 0, bytes.length / 2);
        } catch (IllegalArgumentException name) {
            return address;
        }
    }

    /** In the order in which they were added; a proxy may add a line of its own. */
    private static List<String> hops(HttpServletRequest request) {
        return Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isAddress(String text) {
        try {
            return !java.net.InetAddress.ofLiteral(bare(text)).getHostAddress().isEmpty();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private static String bare(String address) {
        String text =
                address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
