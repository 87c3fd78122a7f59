package dev.escale.agent.command;

import dev.escale.agent.host.AtomicFile;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Command;
import dev.escale.protocol.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The orders that are received and not started, so that a restart runs them. They hold an app's
 * environment, secrets included: readable by root alone, and gone when they start.
 */
record Waiting(Path folder) {

    void keep(Command command, String payload) throws IOException {
        if (survives(command.order())) {
            Files.createDirectories(folder);
            AtomicFile.write(file(command.id()), payload, "rw-------");
        }
    }

    Optional<Command> find(String id) {
        if (!Files.exists(file(id))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Codec.read(Command.class, Files.readString(file(id))));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read an order in " + folder, failure);
        }
    }

    void drop(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove an order in " + folder, failure);
        }
    }

    /** Who asks to look or to stop something is not helped by an answer after a restart. */
    private static boolean survives(Order order) {
        return switch (order) {
            case Order.Deploy _,
                    Order.Serve _,
                    Order.InstallCertificate _,
                    Order.RefuseCertificate _,
                    Order.ControlApp _,
                    Order.RemoveApp _,
                    Order.Leave _ ->
                    true;
            case Order.Cancel _,
                    Order.Survey _,
                    Order.OpenLog _,
                    Order.SearchLog _,
                    Order.CloseLog _ ->
                    false;
        };
    }

    private Path file(String id) {
        return folder.resolve(id + ".json");
    }
}
