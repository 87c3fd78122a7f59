package dev.escale.agent.build.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a command of a {@code package.json} really starts. */
sealed interface Program {
    /** Something that may serve visitors. */
    record Server(String command) implements Program {}

    /**
     * Something for a developer's machine.
     *
     * @param instead the same without watching for changes
     */
    record Development(String command, Optional<String> instead) implements Program {}

    /**
     * A server for files that stand ready.
     *
     * @param folder empty for "wherever the build puts them"
     */
    record StaticFiles(String command, Optional<String> folder) implements Program {}

    /** Tools that are always for development, whatever their arguments. */
    Set<String> DEVELOPMENT =
            Set.of(
                    "browser-sync",
                    "webpack-dev-server",
                    "live-server",
                    "lite-server",
                    "concurrently",
                    "run-p",
                    "npm-run-all",
                    "npm-run-all2",
                    "turbo",
                    "lerna",
                    "nx",
                    "snowpack",
                    "start-storybook",
                    "storybook",
                    "wrangler",
                    "netlify",
                    "vercel",
                    "electron",
                    "expo",
                    "react-native",
                    "jest",
                    "vitest",
                    "mocha",
                    "tsc",
                    "tsup",
                    "rollup",
                    "gulp",
                    "grunt",
                    "echo",
                    "pm2",
                    "pm2-runtime",
                    "docker",
                    "docker-compose");

    /** Tools that are for development with these first arguments; empty text: with none. */
    java.util.Map<String, Set<String>> DEVELOPMENT_WITH =
            java.util.Map.ofEntries(
                    java.util.Map.entry("vite", Set.of("", "dev", "serve")),
                    java.util.Map.entry("next", Set.of("", "dev")),
                    java.util.Map.entry("nuxt", Set.of("", "dev")),
                    java.util.Map.entry("nuxi", Set.of("", "dev")),
                    java.util.Map.entry("astro", Set.of("", "dev")),
                    java.util.Map.entry("remix", Set.of("dev", "vite:dev")),
                    java.util.Map.entry("react-router", Set.of("dev")),
                    java.util.Map.entry("react-scripts", Set.of("start")),
                    java.util.Map.entry("craco", Set.of("start")),
                    java.util.Map.entry("vue-cli-service", Set.of("serve")),
                    java.util.Map.entry("ng", Set.of("serve", "s")),
                    java.util.Map.entry("gatsby", Set.of("develop")),
                    java.util.Map.entry("docusaurus", Set.of("start")),
                    java.util.Map.entry("webpack", Set.of("serve", "server")),
                    java.util.Map.entry("vitepress", Set.of("", "dev")),
                    java.util.Map.entry("vuepress", Set.of("dev")),
                    java.util.Map.entry("hexo", Set.of("server", "s")),
                    java.util.Map.entry("parcel", Set.of("", "serve", "watch")),
                    java.util.Map.entry("svelte-kit", Set.of("dev")));

    /** Tools that only watch over another program. */
    Set<String> WATCHERS = Set.of("nodemon", "node-dev", "supervisor", "ts-node-dev", "tsnd");

    static Program of(String command) {
        String last = command.substring(command.lastIndexOf("&&") + 1).replaceFirst("^&", "");
        List<String> words =
                ShellWords.split(last).orElseGet(() -> List.of(last.strip().split("\\s+")));
        List<String> bare = withoutPrefixes(words);
        if (bare.isEmpty()) {
            return new Development(command, Optional.empty());
        }
        String name = bare.getFirst().replaceFirst("^(.*/)?node_modules/\\.bin/", "");
        String first = bare.stream().skip(1).filter(w -> !w.startsWith("-")).findFirst().orElse("");
        if (WATCHERS.contains(name)) {
            return new Development(command, withoutWatching(name, bare));
        }
        if ((name.equals("node") || name.equals("tsx")) && isWatching(name, bare)) {
            return new Development(command, replay(name, bare));
        }
        if (name.equals("serve") || name.equals("http-server") || name.equals("sirv")) {
            return new StaticFiles(command, Optional.of(first).filter(f -> !f.isEmpty()));
        }
        if (name.equals("vite") && first.equals("preview")
                || name.matches("gatsby|docusaurus") && first.equals("serve")) {
            return new StaticFiles(command, Optional.empty());
        }
        if (name.equals("live-server")) {
            return new StaticFiles(command, Optional.of(first).filter(f -> !f.isEmpty()));
        }
        if (isDevelopment(name, first, bare) || command.strip().endsWith("&")) {
            return new Development(command, Optional.empty());
        }
        return new Server(command);
    }

    private static boolean isDevelopment(String name, String first, List<String> words) {
        return DEVELOPMENT.contains(name)
                || DEVELOPMENT_WITH.getOrDefault(name, Set.of()).contains(first)
                || name.matches("(@11ty/)?eleventy|parcel|hugo|jekyll") && watches(words)
                || name.matches("(@11ty/)?eleventy")
                || words.contains("--watch") && !name.equals("node")
                || name.equals("nest") && words.contains("--debug");
    }

    private static boolean watches(List<String> words) {
        return words.stream().anyMatch(word -> word.matches("--serve|--watch|server?|-w"));
    }

    private static boolean isWatching(String name, List<String> words) {
        return words.stream().anyMatch(word -> word.startsWith("--watch"))
                || name.equals("tsx") && words.contains("watch");
    }

    private static Optional<String> replay(String name, List<String> words) {
        var kept = new ArrayList<>(words);
        kept.removeIf(word -> word.startsWith("--watch") || word.equals("watch"));
        return kept.size() < 2 ? Optional.empty() : Optional.of(String.join(" ", kept));
    }

    private static Optional<String> withoutWatching(String name, List<String> words) {
        Optional<String> script =
                words.stream().skip(1).filter(word -> word.matches(".+\\.[cm]?[jt]s")).findFirst();
        return script.map(
                file ->
                        file.endsWith("ts")
                                ? (name.startsWith("ts") ? "ts-node " : "tsx ") + file
                                : "node " + file);
    }

    /** Variables that are set for it, and programs that only start another one. */
    private static List<String> withoutPrefixes(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            boolean prefix =
                    word.matches("[A-Za-z_][A-Za-z0-9_]*=.*")
                            || word.matches(
                                    "env|cross-env|npx|exec|dotenv|dotenvx|bunx|--|--yes|-y");
            if (!prefix) {
                break;
            }
            at++;
        }
        return words.subList(at, words.size());
    }
}
