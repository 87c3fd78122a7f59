package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the Node.js that a project asks for with the one that is there. */
final class NodeCheck {
    private final FileTree tree;
    private final Settings settings;
    private final Findings findings;

    private record Wish(String range, String from) {}

    NodeCheck(FileTree tree, Settings settings, Findings findings) {
        this.tree = tree;
        this.settings = settings;
        this.findings = findings;
    }

    void tell(@Nullable String installed) throws BuildFailed {
        if (installed == null) {
            throw new BuildFailed(Note.of(Notes.DETECT_NODE_MISSING), List.of());
        }
        Optional<Wish> wish = wish();
        findings.add("node", installed, wish.map(Wish::from).orElse("default"));
        wish.filter(w -> !new NodeRange(w.range()).accepts(installed))
                .ifPresent(
                        w ->
                                findings.warn(
                                        Note.of(
                                                Notes.DETECT_NODE_OTHER,
                                                "wanted",
                                                w.range(),
                                                "installed",
                                                installed),
                                        w.from()));
    }

    private Optional<Wish> wish() throws BuildFailed {
        Optional<PackageJson> json = PackageJson.in(tree);
        return settings.get("node")
                .map(s -> new Wish(s.value(), s.from()))
                .or(() -> file(".nvmrc"))
                .or(() -> file(".node-version"))
                .or(() -> json.flatMap(j -> j.text("engines", "node")).map(this::ofPackage))
                .or(() -> json.flatMap(j -> j.text("volta", "node")).map(this::ofPackage));
    }

    private Wish ofPackage(String range) {
        return new Wish(range, PackageJson.FILE);
    }

    private Optional<Wish> file(String name) {
        return tree.text(name)
                .map(text -> text.strip().lines().findFirst().orElse(""))
                .filter(line -> !line.isBlank() && line.length() < 50)
                .map(line -> new Wish(line, name));
    }
}
