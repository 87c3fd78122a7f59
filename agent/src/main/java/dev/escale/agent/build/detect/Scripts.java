package dev.escale.agent.build.detect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts of a {@code package.json}, followed where one only calls another. */
final class Scripts {
    private static final Pattern CALL =
            Pattern.compile(
                    "(?:(?:npm|pnpm|yarn|bun)\\s+(?:run(?:-script)?\\s+)?(?:--silent\\s+|-s\\s+)?"
                            + "|node\\s+--run\\s+)([\\w:.-]+)");
    private static final int DEEPEST = 5;

    private final PackageJson json;

    Scripts(PackageJson json) {
        this.json = json;
    }

    /**
     * The command that the script comes to. A script with another before or after it stays a call,
     * as npm alone runs all three.
     */
    Optional<String> resolve(String name) {
        return json.script(name)
                .map(text -> hasCompanions(name) ? "npm run " + name : follow(text, 0));
    }

    /** A command that may be a call of a script. */
    String follow(String command) {
        return follow(command, 0);
    }

    private String follow(String command, int depth) {
        Matcher call = CALL.matcher(command.strip());
        if (depth >= DEEPEST || !call.matches()) {
            return command.strip();
        }
        String name = call.group(1);
        Optional<String> script = json.script(name);
        if (script.isEmpty() || hasCompanions(name)) {
            return command.strip();
        }
        return follow(script.get(), depth + 1);
    }

    /** What it would be without companions, to judge it by. */
    Program program(String name) {
        String text = json.script(name).orElse("");
        for (int depth = 0; depth < DEEPEST; depth++) {
            Matcher call = CALL.matcher(text.strip());
            Optional<String> next = call.matches() ? json.script(call.group(1)) : Optional.empty();
            if (next.isEmpty()) {
                break;
            }
            text = next.get();
        }
        return Program.of(text);
    }

    private boolean hasCompanions(String name) {
        return json.script("pre" + name).isPresent() || json.script("post" + name).isPresent();
    }
}
