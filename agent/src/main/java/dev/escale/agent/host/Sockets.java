package dev.escale.agent.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** TCP sockets of this host, read from {@code /proc}. */
public final class Sockets {
    private static final String ESTABLISHED = "01";
    private static final String LISTEN = "0A";

    private Sockets() {}

    public static List<Listener> listening() {
        return rows().stream()
                .filter(row -> row.state.equals(LISTEN))
                .map(row -> new Listener(row.address, row.port, row.inode))
                .toList();
    }

    /** Those that these processes hold open. */
    public static List<Listener> listening(LongStream processes) {
        Set<Long> inodes = new HashSet<>();
        processes.forEach(pid -> inodes.addAll(inodesOf(pid)));
        return listening().stream().filter(listener -> inodes.contains(listener.inode())).toList();
    }

    /** Connections that somebody holds open to this local port. */
    public static long connectedTo(int port) {
        return rows().stream()
                .filter(row -> row.state.equals(ESTABLISHED) && row.port == port)
                .count();
    }

    /** Name of the program that listens on the port, where we may see it. */
    public static Optional<String> holder(int port) {
        Set<Long> inodes = new HashSet<>();
        listening().stream()
                .filter(listener -> listener.port() == port)
                .forEach(listener -> inodes.add(listener.inode()));
        return ProcessHandle.allProcesses()
                .filter(process -> inodesOf(process.pid()).stream().anyMatch(inodes::contains))
                .findFirst()
                .map(process -> name(process.pid()));
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException gone) {
            return "process " + pid;
        }
    }

    private static Set<Long> inodesOf(long pid) {
        Set<Long> inodes = new HashSet<>();
        try (var open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : open) {
                inode(descriptor).ifPresent(inodes::add);
            }
        } catch (IOException goneOrNotOurs) {
            return inodes;
        }
        return inodes;
    }

    private static Optional<Long> inode(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:[")
                    ? Optional.of(Long.valueOf(target.substring(8, target.length() - 1)))
                    : Optional.empty();
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    private record Row(String address, int port, String state, long inode) {}

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (var lines = Files.lines(Path.of(file))) {
                lines.skip(1).map(Sockets::row).forEach(rows::add);
            } catch (IOException absent) {
                continue; // a kernel without IPv6
            }
        }
        return rows;
    }

    private static Row row(String line) {
        String[] columns = line.strip().split(" +");
        String[] local = columns[1].split(":");
        return new Row(
                address(local[0]),
                Integer.parseInt(local[1], 16),
                columns[3],
                Long.parseLong(columns[9]));
    }

    /** The kernel prints words of four bytes in the machine's own order: little-endian here. */
    private static String address(String hex) {
        var bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int at = i / 4 * 4 + 3 - i % 4;
            bytes[i] = (byte) Integer.parseInt(hex, at * 2, at * 2 + 2, 16);
        }
        try {
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            return text.equals("0:0:0:0:0:0:0:0")
                    ? "::"
                    : text.equals("0:0:0:0:0:0:0:1") ? "::1" : text;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
