package dev.escale.control.agentlink;

/**
 * Which of our signing keys the agents are known to trust. An agent says nothing before it has
 * checked the greeting that announced the keys, so its first word proves that it has them.
 */
final class Trust {
    private final LinkedServers servers;
    private final SigningKeys keys;

    Trust(LinkedServers servers, SigningKeys keys) {
        this.servers = servers;
        this.keys = keys;
    }

    /** The agent said something on this link. */
    void answered(Link link) {
        String announced = link.signer().newestAnnounced();
        if (!announced.equals(link.signer().id())) {
            servers.trusts(link.team(), link.server(), announced);
            link.signWith(keys.signer(announced));
        }
    }
}
