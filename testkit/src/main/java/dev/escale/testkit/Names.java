package dev.escale.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets the tests' JVM resolve the names of sites without asking anybody: {@code *.localhost} is
 * this machine (RFC 6761 section 6.3), {@code 10-1-2-3.sslip.io} is 10.1.2.3.
 */
public final class Names extends InetAddressResolverProvider {
    private static final Pattern SSLIP =
            Pattern.compile("(?:.+\\.)?(\\d{1,3})-(\\d{1,3})-(\\d{1,3})-(\\d{1,3})\\.sslip\\.io");

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                byte[] known = addressOf(host);
                return known == null
                        ? system.lookupByName(host, policy)
                        : Stream.of(InetAddress.getByAddress(host, known));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    /** The address that a site's name stands for, or null when it is an ordinary name. */
    static byte @org.jspecify.annotations.Nullable [] addressOf(String host) {
        if (host.endsWith(".localhost")) {
            return new byte[] {127, 0, 0, 1};
        }
        Matcher sslip = SSLIP.matcher(host);
        if (!sslip.matches()) {
            return null;
        }
        var address = new byte[4];
        for (int i = 0; i < 4; i++) {
            address[i] = (byte) Integer.parseInt(sslip.group(i + 1));
        }
        return address;
    }

    @Override
    public String name() {
        return "names of sites";
    }
}
