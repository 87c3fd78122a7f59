package dev.escale.agent.release;

import dev.escale.agent.host.AtomicFile;
import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Which deployment of an app builds. Root's alone, as it holds the app's secrets. */
record BuildingFile(AppFolder folder) {
    private static final JsonType<Building> JSON = Jsonb.builder().build().type(Building.class);

    Optional<Building> read() throws IOException {
        try {
            return Optional.of(JSON.fromJson(Files.readString(folder.building())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonException unreadable) {
            throw new IOException(folder.building() + " is not what an agent wrote", unreadable);
        }
    }

    void write(Building now) throws IOException {
        AtomicFile.write(folder.building(), JSON.toJson(now), "rw-------");
    }

    /** This one builds no more; another one may build already. */
    void forget(String deployment) throws IOException {
        if (read().filter(now -> now.deployment().equals(deployment)).isPresent()) {
            Files.deleteIfExists(folder.building());
        }
    }
}
