package dev.escale.control.authority;

import dev.escale.control.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/**
 * What the local authority may vouch for: names and addresses that no public authority gives out,
 * and the host of the control plane. Written into the root as name constraints (RFC 5280,
 * 4.2.1.10), so that trusting it does not mean trusting it with the rest of the internet.
 */
record PermittedNames(List<String> domains, List<AddressRange> addresses) {
    private static final List<String> LOCAL = List.of("localhost", "sslip.io", "internal", "test");
    private static final List<AddressRange> PRIVATE =
            List.of(
                    AddressRange.parse("127.0.0.0/8"),
                    AddressRange.parse("10.0.0.0/8"),
                    AddressRange.parse("172.16.0.0/12"),
                    AddressRange.parse("192.168.0.0/16"),
                    AddressRange.parse("100.64.0.0/10"),
                    AddressRange.parse("169.254.0.0/16"),
                    AddressRange.parse("::1/128"),
                    AddressRange.parse("fc00::/7"),
                    AddressRange.parse("fe80::/10"));

    /**
     * @param host of the control plane's public address
     */
    static PermittedNames with(String host) {
        var domains = new ArrayList<>(LOCAL);
        var addresses = new ArrayList<>(PRIVATE);
        if (isAddress(host)) {
            addresses.add(AddressRange.parse(literal(host)));
        } else {
            domains.add(host.toLowerCase(Locale.ROOT));
        }
        return new PermittedNames(List.copyOf(domains), List.copyOf(addresses));
    }

    NameConstraints constraints() {
        var permitted = new ArrayList<GeneralSubtree>();
        domains.forEach(
                domain -> permitted.add(subtree(new GeneralName(GeneralName.dNSName, domain))));
        addresses.forEach(range -> permitted.add(subtree(range(range))));
        return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null);
    }

    static GeneralName generalName(String name) {
        return isAddress(name)
                ? new GeneralName(GeneralName.iPAddress, literal(name))
                : new GeneralName(GeneralName.dNSName, name.toLowerCase(Locale.ROOT));
    }

    static boolean isAddress(String name) {
        return name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") || name.contains(":");
    }

    private static String literal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return InetAddress.ofLiteral(bare).getHostAddress();
    }

    private static GeneralSubtree subtree(GeneralName name) {
        return new GeneralSubtree(name);
    }

    /** Address and mask, one after the other. */
    private static GeneralName range(AddressRange range) {
        byte[] address = range.network().getAddress();
        byte[] both = Arrays.copyOf(address, address.length * 2);
        for (int bit = 0; bit < range.bits(); bit++) {
            both[address.length + bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new GeneralName(GeneralName.iPAddress, new DEROctetString(both));
    }
}
