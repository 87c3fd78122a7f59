package dev.escale.agent.release;

import dev.escale.agent.host.AtomicFile;
import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads and writes {@code app.json} of each app; root's alone, as it holds the app's secrets. */
final class AppStates {
    private static final JsonType<AppState> JSON = Jsonb.builder().build().type(AppState.class);

    private static final System.Logger LOG = System.getLogger(AppStates.class.getName());

    private final Path agentHome;

    private final Consumer<Set<Integer>> portsTaken;

    AppStates(Path agentHome) {
        this(agentHome, _ -> {});
    }

    /**
     * @param portsTaken hears the ports of an app before a process may listen there
     */
    AppStates(Path agentHome, Consumer<Set<Integer>> portsTaken) {
        this.agentHome = agentHome;
        this.portsTaken = portsTaken;
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
        portsTaken.accept(state.ports());
    }

    /** Of all apps, whether they listen now or not. */
    Set<Integer> ports() throws IOException {
        return all().stream()
                .flatMap(state -> state.ports().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    List<AppState> all() throws IOException {
        var states = new ArrayList<AppState>();
        for (String app : apps()) {
            try {
                load(app).ifPresent(states::add);
            } catch (JsonException unreadable) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "{0} is not what an agent wrote; the app is left alone: {1}",
                        folder(app).state(),
                        unreadable.getMessage());
            }
        }
        return states;
    }

    /** Ids of the apps that have a folder here; others' folders are none of our business. */
    List<String> apps() throws IOException {
        try (var folders =
                Files.newDirectoryStream(agentHome.resolve("apps"), Files::isDirectory)) {
            var apps = new ArrayList<String>();
            folders.forEach(folder -> apps.add(folder.getFileName().toString()));
            return apps.stream().filter(AppFolder::named).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
