package dev.escale.control.app;

import dev.escale.control.operation.Fault;
import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with an app's branch, source and settings. */
final class SettingsCheck {
    private static final Set<String> TYPES = Set.of("node", "static");
    private static final int LONGEST_COMMAND = 1000;
    private static final int LONGEST_BRANCH = 200;

    /** Also a token alone, as forges take it for the user's name. */
    private static final Pattern WITH_USER = Pattern.compile("(?i)[a-z]+://[^/?#]*@.*");

    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}\\\\]{1,400}");

    private final List<Fault> faults = new ArrayList<>();

    List<Fault> faults() {
        return faults;
    }

    SettingsCheck branch(@Nullable String branch) {
        if (branch != null && !validBranch(branch)) {
            faults.add(Fault.of("branch", "app.branchInvalid"));
        }
        return this;
    }

    SettingsCheck url(@Nullable String url) {
        Optional<GitUrl> address = url == null ? Optional.empty() : GitUrl.of(url);
        if (url == null || address.isEmpty()) {
            faults.add(Fault.of("source.url", "app.urlInvalid"));
        } else if (address.get().ssh()) {
            faults.add(Fault.of("source.url", "app.urlSsh"));
        } else if (WITH_USER.matcher(url).matches()) {
            faults.add(Fault.of("source.url", "app.urlWithPassword"));
        }
        return this;
    }

    SettingsCheck settings(Overrides settings) {
        String type = settings.type();
        if (type != null && !TYPES.contains(type)) {
            faults.add(Fault.of("settings.type", "app.typeUnknown", "known", "node, static"));
        }
        path("settings.root", settings.root());
        path("settings.output", settings.output());
        command("settings.build", settings.build());
        command("settings.start", settings.start());
        range("settings.port", settings.port(), 1, 65535);
        range("settings.healthTimeoutSeconds", settings.healthTimeoutSeconds(), 1, 600);
        String health = settings.healthPath();
        if (health != null && !(health.startsWith("/") && health.matches("[!-~]{1,400}"))) {
            faults.add(Fault.of("settings.healthPath", "app.healthPathInvalid"));
        }
        return this;
    }

    /** As {@code git check-ref-format} has it. */
    static boolean validBranch(String branch) {
        return branch.length() <= LONGEST_BRANCH
                && org.eclipse.jgit.lib.Repository.isValidRefName("refs/heads/" + branch)
                && !branch.startsWith("-");
    }

    private void path(String field, @Nullable String path) {
        if (path == null) {
            return;
        }
        boolean climbs = path.startsWith("/") || List.of(path.split("/")).contains("..");
        if (climbs || !PATH.matcher(path).matches()) {
            faults.add(Fault.of(field, "app.pathInvalid"));
        }
    }

    private void command(String field, @Nullable String command) {
        if (command != null
                && (command.isBlank()
                        || command.length() > LONGEST_COMMAND
                        || command.chars().anyMatch(Character::isISOControl))) {
            faults.add(
                    Fault.of(
                            field,
                            "app.commandInvalid",
                            "most",
                            Integer.toString(LONGEST_COMMAND)));
        }
    }

    private void range(String field, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            faults.add(
                    Fault.of(
                            field,
                            "app.outOfRange",
                            "least",
                            Integer.toString(least),
                            "most",
                            Integer.toString(most)));
        }
    }
}
