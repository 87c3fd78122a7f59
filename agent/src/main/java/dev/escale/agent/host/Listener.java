package dev.escale.agent.host;

/**
 * A listening TCP socket.
 *
 * @param address as the kernel has it: {@code 127.0.0.1}, {@code 0.0.0.0}, {@code ::}, {@code ::1}
 *     …
 * @param inode that {@code /proc/PID/fd} names
 */
public record Listener(String address, int port, long inode) {
    /** An address to reach it at from this host, {@code 127.0.0.1} where that is one. */
    public String loopback() {
        return switch (address) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> address;
        };
    }

    public boolean reachableByLoopback() {
        return loopback().startsWith("127.") || loopback().equals("::1");
    }
}
