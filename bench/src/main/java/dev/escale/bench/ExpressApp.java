package dev.escale.bench;

import dev.escale.testkit.Repository;
import dev.escale.testkit.git.GitRepo;
import dev.escale.testkit.program.Program;
import java.nio.file.Path;

/** The Express example's packages and lock file, under a program that says which release it is. */
final class ExpressApp {
    private ExpressApp() {}

    static void packages(GitRepo repo) {
        Path example = Repository.root().resolve("examples/express");
        Program.of("cp", example.resolve("package-lock.json").toString(), repo.folder().toString())
                .run();
        Program.of("cp", example.resolve("package.json").toString(), repo.folder().toString())
                .run();
        Program.of("npm", "pkg", "set", "scripts.start=node bench.js").in(repo.folder()).run();
    }

    /** Another lock file with the same packages: nobody may take over what was installed before. */
    static void changeLockFile(GitRepo repo, int number) {
        Program.of("npm", "version", "--no-git-tag-version", "2.0." + number)
                .in(repo.folder())
                .run();
    }

    static GitRepo says(GitRepo repo, String text) {
        return repo.write(
                "bench.js",
                """
                const app = require('express')();
                app.get('/', (request, response) => response.send('%s'));
                app.listen(process.env.PORT, process.env.HOST);
                """
                        .formatted(text));
    }
}
