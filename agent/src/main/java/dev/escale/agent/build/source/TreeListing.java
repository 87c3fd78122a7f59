package dev.escale.agent.build.source;

import dev.escale.agent.host.OutputListener;
import java.util.ArrayList;
import java.util.List;

/** Sums up {@code git ls-tree -r -l} line by line, as a tree may have a million of them. */
final class TreeListing implements OutputListener {
    private static final int MOST = 20;

    private final List<String> submodules = new ArrayList<>();
    private long bytes;
    private boolean symbolicLinks;
    private boolean attributes;

    /** {@code MODE SP TYPE SP ID SP SIZE TAB PATH}, the size padded. */
    @Override
    public void line(String text) {
        int tab = text.indexOf('\t');
        if (tab < 0) {
            return;
        }
        String[] fields = text.substring(0, tab).split(" +");
        String path = text.substring(tab + 1);
        switch (fields[0]) {
            case "120000" -> symbolicLinks = true;
            case "160000" -> {
                if (submodules.size() < MOST) {
                    submodules.add(path);
                }
            }
            default -> count(fields, path);
        }
    }

    long bytes() {
        return bytes;
    }

    boolean symbolicLinks() {
        return symbolicLinks;
    }

    boolean attributes() {
        return attributes;
    }

    List<String> submodules() {
        return List.copyOf(submodules);
    }

    private void count(String[] fields, String path) {
        if (fields.length > 3 && fields[3].matches("[0-9]+")) {
            bytes += Long.parseLong(fields[3]);
        }
        attributes |= path.endsWith(".gitattributes");
    }
}
