package dev.escale.agent.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a new process goes through before it becomes the program: as root into its control groups
 * and to its place in the kernel's choice of victims, then to its user. A program that were moved
 * into its groups from outside could fork before.
 */
record Launch(HostCommand command) {
    /** Arguments: the score, folders of control groups, {@code --}, and what to become. */
    private static final String ENTER =
            """
            { echo "$1" >/proc/self/oom_score_adj; } 2>/dev/null
            shift
            while [ "$1" != -- ]; do
              echo 0 >"$1/cgroup.procs" || exit 125
              shift
            done
            shift
            exec "$@"
            """;

    /** What a shell makes up. */
    private static final List<String> OF_SHELL = List.of("PWD", "OLDPWD", "SHLVL", "_");

    List<String> arguments() {
        var arguments = new ArrayList<>(List.of("/bin/sh", "-c", ENTER, "escale"));
        arguments.add(Integer.toString(command.oomScore()));
        ControlGroup limits = command.limits();
        if (limits != null) {
            limits.folders().forEach(folder -> arguments.add(folder.toString()));
        }
        arguments.add("--");
        arguments.addAll(rights(command.user()));
        if (command.nice() > 0) {
            arguments.addAll(List.of("/usr/bin/nice", "-n", Integer.toString(command.nice())));
        }
        arguments.add("/usr/bin/env");
        OF_SHELL.forEach(name -> arguments.add("--unset=" + name));
        given().forEach(
                        (name, value) -> {
                            if (LateVariables.is(name)) {
                                arguments.add(name + "=" + value);
                            }
                        });
        arguments.addAll(command.arguments());
        return arguments;
    }

    /** Variables that nothing on the way takes notice of. */
    Map<String, String> environment() {
        var early = new HashMap<>(given());
        early.keySet().removeIf(LateVariables::is);
        return early;
    }

    private Map<String, String> given() {
        var given = new LinkedHashMap<>(Map.of("PATH", HostCommand.PATH, "LANG", "C.UTF-8"));
        given.putAll(command.environment());
        return given;
    }

    private static List<String> rights(@Nullable HostUser user) {
        return user == null
                ? List.of()
                : List.of(
                        "/usr/bin/setpriv",
                        "--reuid=" + user.name(),
                        "--regid=" + user.name(),
                        "--clear-groups",
                        "--no-new-privs",
                        "--");
    }
}
