package dev.escale.agent.build.detect;

import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gathers what is found, each with the file that told it, named from the top of the repository. */
final class Findings {
    /** Characters: a report must stay far below what the outbox takes. */
    private static final int ROOM = 32 << 10;

    private int left = ROOM;
    private int leftOut;
    private final List<Finding> all = new ArrayList<>();
    private String folder = "";

    /** Files named from now on lie in this folder. */
    void lookIn(String path) {
        folder = path.isEmpty() ? "" : path + "/";
    }

    void add(String what, String value, String from) {
        add(Finding.of(what, value, place(from)));
    }

    void warn(Note note, String from) {
        add(Finding.warning(note, place(from)));
    }

    List<Finding> all() {
        if (leftOut == 0) {
            return List.copyOf(all);
        }
        var more = Note.of(Notes.DETECT_MORE, "count", Integer.toString(leftOut));
        return Stream.concat(all.stream(), Stream.of(Finding.warning(more, "default"))).toList();
    }

    private void add(Finding finding) {
        left -= length(finding);
        if (left < 0) {
            leftOut++;
        } else {
            all.add(finding);
        }
    }

    private static int length(Finding finding) {
        Note note = finding.note();
        int facts =
                note == null ? 0 : note.facts().values().stream().mapToInt(String::length).sum();
        return 100 + finding.value().length() + finding.from().length() + facts;
    }

    private String place(String from) {
        boolean noFile =
                from.equals("settings") || from.equals("default") || from.equals(EscaleYaml.FILE);
        return noFile ? from : folder + from;
    }
}
