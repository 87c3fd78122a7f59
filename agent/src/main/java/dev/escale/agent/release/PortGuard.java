package dev.escale.agent.release;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.SystemUsers;
import java.util.List;

/**
 * Closes the apps' ports to all but loopback, because most apps listen on all interfaces: one table
 * of our own in nftables, which touches no rule of others.
 */
public record PortGuard(HostShell shell, SystemUsers users, PortRange ports) {
    static final String TABLE = "escale";

    /**
     * @return false when it cannot be had: no root, no nft, no such kernel
     */
    public boolean close() throws InterruptedException {
        if (!users.privileged()) {
            return false;
        }
        open();
        return commands().stream().allMatch(command -> succeeds(command));
    }

    /** Removes the table. */
    public void open() throws InterruptedException {
        shell.run(HostCommand.of("nft", "delete", "table", "inet", TABLE));
    }

    List<HostCommand> commands() {
        String range = ports.first() + "-" + ports.last();
        return List.of(
                HostCommand.of("nft", "add", "table", "inet", TABLE),
                HostCommand.of(
                        "nft",
                        "add",
                        "chain",
                        "inet",
                        TABLE,
                        "input",
                        "{ type filter hook input priority filter ; policy accept ; }"),
                HostCommand.of(
                        "nft", "add", "rule", "inet", TABLE, "input", "iifname", "!=", "lo", "tcp",
                        "dport", range, "reject", "with", "tcp", "reset"));
    }

    private boolean succeeds(HostCommand command) {
        try {
            HostResult result = shell.run(command);
            return result.succeeded();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
