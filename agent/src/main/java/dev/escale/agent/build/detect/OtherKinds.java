package dev.escale.agent.build.detect;

import java.util.List;
import java.util.Optional;

/** Projects that are recognised but cannot be deployed yet. */
record OtherKinds(String kind, String file) {
    private static final List<OtherKinds> KNOWN =
            List.of(
                    new OtherKinds("Java (Maven)", "pom.xml"),
                    new OtherKinds("Java (Gradle)", "build.gradle"),
                    new OtherKinds("Java (Gradle)", "build.gradle.kts"),
                    new OtherKinds("PHP", "composer.json"),
                    new OtherKinds("PHP", "index.php"),
                    new OtherKinds("Go", "go.mod"),
                    new OtherKinds("Python", "manage.py"),
                    new OtherKinds("Python", "requirements.txt"),
                    new OtherKinds("Python", "pyproject.toml"),
                    new OtherKinds("Python", "Pipfile"),
                    new OtherKinds("Python", "app.py"),
                    new OtherKinds("Python", "main.py"),
                    new OtherKinds("Ruby", "Gemfile"),
                    new OtherKinds("Rust", "Cargo.toml"),
                    new OtherKinds("Elixir", "mix.exs"),
                    new OtherKinds(".NET", "Program.cs"),
                    new OtherKinds("Deno", "deno.json"),
                    new OtherKinds("Docker", "Dockerfile"),
                    new OtherKinds("Docker Compose", "docker-compose.yml"),
                    new OtherKinds("Docker Compose", "docker-compose.yaml"),
                    new OtherKinds("Docker Compose", "compose.yaml"),
                    new OtherKinds("Docker Compose", "compose.yml"));

    static Optional<OtherKinds> of(FileTree tree) {
        return KNOWN.stream().filter(other -> tree.hasFile(other.file())).findFirst();
    }

    /** Containers go with every kind of project and say little about it. */
    boolean isLanguage() {
        return !kind.startsWith("Docker");
    }
}
