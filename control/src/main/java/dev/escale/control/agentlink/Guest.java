package dev.escale.control.agentlink;

import org.jspecify.annotations.Nullable;

/** A WebSocket at the agents' door, and how far it has come. */
final class Guest {
    private final AgentSocket socket;
    private final String nonce;
    private volatile @Nullable Link link;
    private volatile boolean refused;
    private boolean seenWaiting;

    Guest(AgentSocket socket, String nonce) {
        this.socket = socket;
        this.nonce = nonce;
    }

    AgentSocket socket() {
        return socket;
    }

    /** The challenge's, for one hello. */
    String nonce() {
        return nonce;
    }

    /**
     * @return null until it has proved who it is
     */
    @Nullable Link link() {
        return link;
    }

    void greeted(Link proved) {
        link = proved;
    }

    boolean refused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }

    /** Called at each beat by the heartbeat's thread: true at the second one. */
    boolean isLate() {
        boolean late = seenWaiting && link == null;
        seenWaiting = true;
        return late;
    }

    @Override
    public String toString() {
        Link proved = link;
        return proved == null ? "a guest from " + socket.address() : proved.toString();
    }
}
