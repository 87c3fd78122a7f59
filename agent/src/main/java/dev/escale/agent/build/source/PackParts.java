package dev.escale.agent.build.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a fetch that did not come to its end leaves: git itself keeps it for two weeks. */
record PackParts(Path folder) {
    /** Bytes of the largest; 0 when there is none. */
    long largest() throws IOException {
        long largest = 0;
        for (Path part : all()) {
            largest = Math.max(largest, Files.size(part));
        }
        return largest;
    }

    void discard() throws IOException {
        for (Path part : all()) {
            Files.delete(part);
        }
    }

    private List<Path> all() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "tmp_*")) {
            var all = new ArrayList<Path>();
            files.forEach(all::add);
            return all;
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
