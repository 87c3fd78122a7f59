package dev.escale.agent.command;

import dev.escale.protocol.Codec;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the agent remembers of a command.
 *
 * <pre>
 *   RECEIVED ──▶ STARTED ──▶ DONE
 * </pre>
 *
 * @param sha256 of the payload's bytes, hex: the same id with another payload is refused
 * @param deployment of an order that deploys
 * @param app of such an order
 * @param outcome JSON of an {@link Outcome}, once it is DONE. A field of that type would make avaje
 *     write an adapter of its own for it, which knows nothing of the kinds of outcome.
 */
@Json
public record JournalEntry(
        String id,
        String sha256,
        Instant expiresAt,
        State state,
        @Nullable String deployment,
        @Nullable String app,
        @Nullable String outcome) {

    /** How far it came. */
    public enum State {
        RECEIVED,
        STARTED,
        DONE
    }

    static JournalEntry received(String id, String sha256, Instant expiresAt, Order order) {
        return switch (order) {
            case Order.Deploy deploy ->
                    received(id, sha256, expiresAt, deploy.deployment(), deploy.spec().id());
            case Order.Serve serve ->
                    received(id, sha256, expiresAt, serve.deployment(), serve.spec().id());
            case Order.Cancel _,
                    Order.InstallCertificate _,
                    Order.RefuseCertificate _,
                    Order.ControlApp _,
                    Order.RemoveApp _,
                    Order.Survey _,
                    Order.OpenLog _,
                    Order.SearchLog _,
                    Order.CloseLog _,
                    Order.Leave _ ->
                    received(id, sha256, expiresAt, null, null);
        };
    }

    JournalEntry started() {
        return new JournalEntry(id, sha256, expiresAt, State.STARTED, deployment, app, null);
    }

    JournalEntry done(Outcome how) {
        String json = Codec.write(Outcome.class, how);
        return new JournalEntry(id, sha256, expiresAt, State.DONE, deployment, app, json);
    }

    /** Null until it is DONE. */
    @Nullable Outcome answer() {
        return outcome == null ? null : Codec.read(Outcome.class, outcome);
    }

    private static JournalEntry received(
            String id,
            String sha256,
            Instant expiresAt,
            @Nullable String deployment,
            @Nullable String app) {
        return new JournalEntry(id, sha256, expiresAt, State.RECEIVED, deployment, app, null);
    }
}
