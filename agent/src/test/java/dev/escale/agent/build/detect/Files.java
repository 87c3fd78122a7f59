package dev.escale.agent.build.detect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A repository in memory. */
record Files(Map<String, String> contents) implements FileTree {
    /**
     * @param pairs path, content, path, content …
     */
    static Files of(String... pairs) {
        var contents = new TreeMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            contents.put(pairs[i], pairs[i + 1]);
        }
        return new Files(contents);
    }

    Files and(String path, String content) {
        var more = new TreeMap<>(contents);
        more.put(path, content);
        return new Files(more);
    }

    @Override
    public Optional<String> text(String path) {
        return Optional.ofNullable(contents.get(path));
    }

    @Override
    public String beginning(String path) {
        return text(path).orElse("");
    }

    @Override
    public boolean hasFile(String path) {
        return contents.containsKey(path);
    }

    @Override
    public boolean hasFolder(String path) {
        return contents.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
    }

    @Override
    public List<String> folders(String path) {
        String start = path.isEmpty() ? "" : path + "/";
        return contents.keySet().stream()
                .filter(file -> file.startsWith(start))
                .map(file -> file.substring(start.length()))
                .filter(rest -> rest.contains("/"))
                .map(rest -> rest.substring(0, rest.indexOf('/')))
                .distinct()
                .toList();
    }
}
