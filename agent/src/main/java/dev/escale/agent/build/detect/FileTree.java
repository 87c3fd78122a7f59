package dev.escale.agent.build.detect;

import java.util.List;
import java.util.Optional;

/** The files that detection looks at. Paths are relative, with slashes, and stay inside. */
interface FileTree {
    /**
     * The whole content; empty when there is no such file.
     *
     * @throws FileRefused for one that is too large, or no file at all
     */
    Optional<String> text(String path);

    /** Of a file of any size as much as is reasonable; empty text when there is none. */
    String beginning(String path);

    boolean hasFile(String path);

    boolean hasFolder(String path);

    /** Names of the folders directly inside, sorted. */
    List<String> folders(String path);

    /** The same tree seen from a folder of it; empty means this one. */
    default FileTree in(String folder) {
        if (folder.isEmpty()) {
            return this;
        }
        FileTree whole = this;
        return new FileTree() {
            @Override
            public Optional<String> text(String path) {
                return whole.text(join(path));
            }

            @Override
            public String beginning(String path) {
                return whole.beginning(join(path));
            }

            @Override
            public boolean hasFile(String path) {
                return whole.hasFile(join(path));
            }

            @Override
            public boolean hasFolder(String path) {
                return whole.hasFolder(join(path));
            }

            @Override
            public List<String> folders(String path) {
                return whole.folders(join(path));
            }

            private String join(String path) {
                return path.isEmpty() ? folder : folder + "/" + path;
            }
        };
    }
}
