package dev.escale.agent.release;

import dev.escale.protocol.AppState;
import dev.escale.protocol.Note;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers what an agent told besides its deployments. */
final class Told implements Reports {
    final List<Heard> resumed = new CopyOnWriteArrayList<>();
    final Map<String, Heard> endings = new ConcurrentHashMap<>();
    final List<String> changes = new CopyOnWriteArrayList<>();
    private final Supplier<Heard> reporters;

    Told(Supplier<Heard> reporters) {
        this.reporters = reporters;
    }

    @Override
    public DeploymentReporter resume(String deployment, String app) {
        Heard heard = reporters.get();
        resumed.add(heard);
        endings.put(deployment, heard);
        return heard;
    }

    @Override
    public void certificateWanted(String app, List<String> names, String csr) {
        reporters.get().certificateWanted(names, csr);
    }

    @Override
    public void appChanged(String app, AppState now, @Nullable Note note) {
        changes.add(note == null ? now.name() : now + " " + note.code() + note.facts());
    }

    String last() {
        return changes.isEmpty() ? "" : changes.getLast();
    }
}
