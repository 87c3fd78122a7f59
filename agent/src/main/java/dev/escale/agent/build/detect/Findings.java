package dev.escale.agent.build.detect;

import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is found, each with the file that told it, named from the top of the repository. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private String folder = "";

    /** Files named from now on lie in this folder. */
    void lookIn(String path) {
        folder = path.isEmpty() ? "" : path + "/";
    }

    void add(String what, String value, String from) {
        all.add(Finding.of(what, value, place(from)));
    }

    void warn(Note note, String from) {
        all.add(Finding.warning(note, place(from)));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    private String place(String from) {
        boolean noFile =
                from.equals("settings") || from.equals("default") || from.equals(EscaleYaml.FILE);
        return noFile ? from : folder + from;
    }
}
