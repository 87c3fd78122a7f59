package dev.escale.agent.release;

import dev.escale.agent.host.AtomicFile;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes {@code app.json} of each app; root's alone, as it holds the app's secrets. */
final class AppStates {
    private static final JsonType<AppState> JSON = Jsonb.builder().build().type(AppState.class);

    private final Path agentHome;

    AppStates(Path agentHome) {
        this.agentHome = agentHome;
    }

    AppFolder folder(String app) {
        return AppFolder.of(agentHome, app);
    }

    Optional<AppState> load(String app) throws IOException {
        try {
            return Optional.of(JSON.fromJson(Files.readString(folder(app).state())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void save(AppState state) throws IOException {
        AtomicFile.write(folder(state.spec().id()).state(), JSON.toJson(state), "rw-------");
    }

    List<AppState> all() throws IOException {
        var states = new ArrayList<AppState>();
        for (String app : apps()) {
            load(app).ifPresent(states::add);
        }
        return states;
    }

    /** Ids of the apps that have a folder here. */
    List<String> apps() throws IOException {
        try (var folders =
                Files.newDirectoryStream(agentHome.resolve("apps"), Files::isDirectory)) {
            var apps = new ArrayList<String>();
            folders.forEach(folder -> apps.add(folder.getFileName().toString()));
            return apps.stream().sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
