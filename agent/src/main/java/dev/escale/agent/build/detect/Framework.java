package dev.escale.agent.build.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a framework.
 *
 * @param dependency by which it is recognised
 * @param build command when there is no script for it
 * @param start command of its own server; null when it makes files only
 * @param output folders of the finished site
 */
record Framework(
        String dependency, String name, String build, @Nullable String start, List<String> output) {
    private static final Pattern FOLDER =
            Pattern.compile(
                    "(?:outDir|outputDir|output|dir|distDir|pages)\\s*:\\s*[\"'`]\\.?/?"
                            + "([A-Za-z0-9_./-]+)[\"'`]");

    /** The more special come first: nearly all of them also bring Vite or webpack. */
    private static final List<Framework> KNOWN =
            List.of(
                    new Framework("next", "Next.js", "next build", "next start", List.of("out")),
                    new Framework(
                            "nuxt",
                            "Nuxt",
                            "nuxt build",
                            "node .output/server/index.mjs",
                            List.of(".output/public", "dist")),
                    new Framework(
                            "@remix-run/serve",
                            "Remix",
                            "remix vite:build",
                            "remix-serve build/server/index.js",
                            List.of("build/client")),
                    new Framework(
                            "@react-router/serve",
                            "React Router",
                            "react-router build",
                            "react-router-serve build/server/index.js",
                            List.of("build/client")),
                    new Framework(
                            "@sveltejs/adapter-node",
                            "SvelteKit",
                            "vite build",
                            "node build",
                            List.of("build")),
                    new Framework(
                            "@sveltejs/adapter-static",
                            "SvelteKit",
                            "vite build",
                            null,
                            List.of("build")),
                    new Framework(
                            "@sveltejs/kit",
                            "SvelteKit",
                            "vite build",
                            "vite preview --host 127.0.0.1 --port $PORT",
                            List.of("build")),
                    new Framework(
                            "@astrojs/node",
                            "Astro",
                            "astro build",
                            "node dist/server/entry.mjs",
                            List.of("dist")),
                    new Framework("astro", "Astro", "astro build", null, List.of("dist")),
                    new Framework("gatsby", "Gatsby", "gatsby build", null, List.of("public")),
                    new Framework(
                            "@docusaurus/core",
                            "Docusaurus",
                            "docusaurus build",
                            null,
                            List.of("build")),
                    new Framework(
                            "react-scripts",
                            "Create React App",
                            "react-scripts build",
                            null,
                            List.of("build")),
                    new Framework("@angular/core", "Angular", "ng build", null, List.of("dist")),
                    new Framework(
                            "@vue/cli-service",
                            "Vue CLI",
                            "vue-cli-service build",
                            null,
                            List.of("dist")),
                    new Framework(
                            "vitepress",
                            "VitePress",
                            "vitepress build docs",
                            null,
                            List.of("docs/.vitepress/dist", ".vitepress/dist")),
                    new Framework("@11ty/eleventy", "Eleventy", "eleventy", null, List.of("_site")),
                    new Framework("hexo", "Hexo", "hexo generate", null, List.of("public")),
                    new Framework("parcel", "Parcel", "parcel build", null, List.of("dist")),
                    new Framework("vite", "Vite", "vite build", null, List.of("dist")));

    private static final List<String> CONFIGURATION =
            List.of(
                    "next.config.js",
                    "next.config.mjs",
                    "next.config.ts",
                    "nuxt.config.ts",
                    "svelte.config.js",
                    "astro.config.mjs",
                    "astro.config.ts",
                    "vite.config.js",
                    "vite.config.ts",
                    "vite.config.mjs",
                    "vue.config.js",
                    ".eleventy.js",
                    "eleventy.config.js",
                    "eleventy.config.mjs",
                    "eleventy.config.cjs");

    static Optional<Framework> of(FileTree tree, PackageJson json) {
        return KNOWN.stream()
                .filter(framework -> json.dependsOn(framework.dependency()))
                .findFirst()
                .map(framework -> framework.configured(tree, json));
    }

    private Framework configured(FileTree tree, PackageJson json) {
        var folders = new ArrayList<String>();
        boolean exported = json.script("build").orElse("").contains("nuxt generate");
        for (String file : CONFIGURATION) {
            String text = tree.beginning(file);
            exported |= text.matches("(?s).*output\\s*:\\s*[\"']export[\"'].*");
            Matcher folder = FOLDER.matcher(text);
            while (folder.find()) {
                if (!folder.group(1).matches("export|standalone|server|static|hybrid|\\.+")) {
                    folders.add(folder.group(1));
                }
            }
        }
        folders.addAll(output);
        return new Framework(
                dependency,
                name,
                build,
                exported ? null : start,
                folders.stream().distinct().toList());
    }
}
