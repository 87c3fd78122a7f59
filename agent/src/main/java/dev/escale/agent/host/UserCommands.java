package dev.escale.agent.host;

import java.util.List;

/** Argument lists of the programs that know users. */
final class UserCommands {
    private UserCommands() {}

    static List<String> add(HostUser user) {
        return List.of(
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                user.name());
    }
}
