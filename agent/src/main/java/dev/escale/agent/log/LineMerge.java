package dev.escale.agent.log;

import dev.escale.protocol.log.LogLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of several files by time; those of one file stay in their order, whatever its clock did.
 */
final class LineMerge {
    private LineMerge() {}

    static List<LogLine> of(List<List<LogLine>> files) {
        if (files.size() == 1) {
            return files.getFirst();
        }
        int[] at = new int[files.size()];
        int total = files.stream().mapToInt(List::size).sum();
        List<LogLine> merged = new ArrayList<>(total);
        while (merged.size() < total) {
            int earliest = -1;
            for (int i = 0; i < at.length; i++) {
                if (at[i] < files.get(i).size()
                        && (earliest < 0
                                || files.get(i)
                                        .get(at[i])
                                        .at()
                                        .isBefore(files.get(earliest).get(at[earliest]).at()))) {
                    earliest = i;
                }
            }
            merged.add(files.get(earliest).get(at[earliest]++));
        }
        return merged;
    }
}
