package dev.escale.agent.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Closes the apps' ports to all but loopback, because most apps listen on all interfaces: one table
 * of our own in nftables, which touches no rule of others. Only the ports that apps have, and only
 * connections that begin: the host's own programs, and what it dials itself, are none of our
 * business. Tables belong to the whole machine, so each agent home has its own name for it.
 *
 * @param home the agent's
 * @param nft the program, with what stands before it
 */
public record PortGuard(HostShell shell, SystemUsers users, Path home, List<String> nft) {
    private static final Path INSTALLED = Path.of("/var/lib/escale");

    /** What env(1) and setsid(1) exit with when there is no such program. */
    private static final int NO_SUCH_PROGRAM = 127;

    public PortGuard {
        nft = List.copyOf(nft);
    }

    public static PortGuard of(ServingHost host) {
        return new PortGuard(host.shell(), host.users(), host.home(), List.of("nft"));
    }

    /**
     * In one transaction, so that the ports are not open for a moment when they were closed. Those
     * that were closed before and are not named are open afterwards.
     *
     * @return why they stay open; empty when they are closed
     */
    public Optional<Note> close(Set<Integer> ports) throws InterruptedException {
        return users.privileged()
                ? reason(shell.run(command(closing(ports))))
                : Optional.of(Note.of(Notes.PORTS_NEED_ROOT));
    }

    /**
     * Looks, and changes nothing.
     *
     * @return why they are open; empty when they are closed
     */
    public Optional<Note> look() throws InterruptedException {
        if (!users.privileged()) {
            return Optional.of(Note.of(Notes.PORTS_NEED_ROOT));
        }
        if (shell.run(command(List.of("list", "table", "inet", table()))).succeeded()) {
            return Optional.empty();
        }
        var attempt = new ArrayList<>(List.of("--check"));
        attempt.addAll(closing(Set.of()));
        return reason(shell.run(command(attempt))).or(() -> Optional.of(Note.of(Notes.PORTS_OPEN)));
    }

    /** Removes the table of this home, and no other. */
    public void open() throws InterruptedException {
        shell.run(command(List.of("delete", "table", "inet", table())));
    }

    String table() {
        return home.equals(INSTALLED) ? "escale" : "escale_" + mark(home);
    }

    /**
     * Leaves the table in {@code ports.nft}, for whoever starts apps before the agent is up: the
     * kernel forgets it when the host goes down.
     */
    void remember(Set<Integer> ports) throws IOException {
        if (users.privileged()) {
            String text = String.join("\n", statements(ports)) + "\n";
            AtomicFile.write(home.resolve("ports.nft"), text, "rw-------");
        }
    }

    private List<String> closing(Set<Integer> ports) {
        return List.of(String.join(" ; ", statements(ports)));
    }

    /** Adding before deleting: a table that is not there cannot be deleted. */
    private List<String> statements(Set<Integer> ports) {
        String name = "inet " + table();
        String elements = ports.stream().sorted().map(String::valueOf).collect(joining(", "));
        String set = elements.isEmpty() ? "" : "elements = { " + elements + " } ; ";
        String input = "{ type filter hook input priority filter ; policy accept ; }";
        String first = "tcp flags & (fin | syn | rst | ack) == syn";
        return List.of(
                "add table " + name,
                "delete table " + name,
                "add table " + name,
                "add set " + name + " ports { type inet_service ; " + set + "}",
                "add chain " + name + " input " + input,
                "add rule "
                        + name
                        + " input iifname != \"lo\" tcp dport @ports "
                        + first
                        + " reject with tcp reset");
    }

    private HostCommand command(List<String> arguments) {
        var all = new ArrayList<>(nft);
        all.addAll(arguments);
        return HostCommand.of(all);
    }

    private static Optional<Note> reason(HostResult result) {
        if (result.succeeded()) {
            return Optional.empty();
        }
        boolean missing =
                result instanceof HostResult.Finished(int code, _, _) && code == NO_SUCH_PROGRAM;
        return Optional.of(
                missing
                        ? Note.of(Notes.PORTS_NEED_NFT)
                        : Note.of(Notes.PORTS_REFUSED, "reason", result.summary()));
    }

    private static String mark(Path home) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(home.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
