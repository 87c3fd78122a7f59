package dev.escale.testkit.stack;

import dev.escale.testkit.git.GitRepo;

/** Small Node.js programs without dependencies, each for one behaviour. */
public final class SampleApp {
    private static final String PACKAGE =
            """
            {"name": "sample", "version": "1.0.0", "private": true, "scripts": {%s}}
            """;

    private SampleApp() {}

    /** Answers every request with this text, as an app should: on PORT and HOST. */
    public static GitRepo answers(GitRepo repo, String text) {
        return program(
                repo,
                """
                const http = require('node:http');
                console.log('up with %1$s');
                http.createServer((request, response) => response.end('%1$s\\n'))
                  .listen(process.env.PORT, process.env.HOST);
                """
                        .formatted(text));
    }

    /** As above, but a build comes before. */
    public static GitRepo builds(GitRepo repo, String text, String buildProgram) {
        answers(repo, text);
        repo.write("build.js", buildProgram);
        return repo.write(
                "package.json",
                PACKAGE.formatted("\"build\": \"node build.js\", \"start\": \"node server.js\""));
    }

    public static GitRepo program(GitRepo repo, String server) {
        repo.write("server.js", server);
        return repo.write("package.json", PACKAGE.formatted("\"start\": \"node server.js\""));
    }

    /** Healthy at first, then gone. */
    public static GitRepo diesAfter(GitRepo repo, String text, int seconds) {
        answers(repo, text);
        return repo.write(
                "server.js",
                """
                const http = require('node:http');
                http.createServer((request, response) => response.end('%s\\n'))
                  .listen(process.env.PORT, process.env.HOST);
                setTimeout(() => { console.error('the hold is flooded'); process.exit(7); }, %d);
                """
                        .formatted(text, seconds * 1000));
    }

    /** Ignores PORT. */
    public static GitRepo insistsOn(GitRepo repo, String text, int port) {
        return program(
                repo,
                """
                const http = require('node:http');
                http.createServer((request, response) => response.end('%s\\n')).listen(%d, '127.0.0.1');
                """
                        .formatted(text, port));
    }

    /** Answers with the value of a variable. */
    public static GitRepo tells(GitRepo repo, String variable) {
        return program(
                repo,
                """
                const http = require('node:http');
                console.log('the value is ' + process.env.%1$s);
                http.createServer((request, response) => response.end((process.env.%1$s || 'unset') + '\\n'))
                  .listen(process.env.PORT, process.env.HOST);
                """
                        .formatted(variable));
    }
}
