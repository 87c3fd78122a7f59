package dev.escale.agent.detect;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The addresses under which others may reach this server. */
final class Addresses {
    private Addresses() {}

    /** Of interfaces that are up, without loopback and link-local ones; IPv4 first. */
    static List<String> global() {
        var four = new ArrayList<String>();
        var six = new ArrayList<String>();
        for (InetAddress address : all()) {
            if (address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isMulticastAddress()
                    || address.isAnyLocalAddress()) {
                continue;
            }
            (address instanceof Inet4Address ? four : six).add(withoutZone(address));
        }
        return Stream.concat(four.stream(), six.stream()).distinct().toList();
    }

    private static List<InetAddress> all() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Addresses::up)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException none) {
            return List.of();
        }
    }

    private static boolean up(NetworkInterface one) {
        try {
            // Docker's bridges have addresses of global scope that lead nowhere from outside.
            return one.isUp() && !one.getName().matches("(docker|br-|veth|virbr).*");
        } catch (SocketException gone) {
            return false;
        }
    }

    private static String withoutZone(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
