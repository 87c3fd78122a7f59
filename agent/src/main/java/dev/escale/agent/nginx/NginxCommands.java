package dev.escale.agent.nginx;

import dev.escale.agent.host.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Argument lists for Nginx. */
record NginxCommands(NginxSetup setup) {
    HostCommand version() {
        return HostCommand.of(setup.program(), "-v");
    }

    HostCommand test() {
        return nginx("-t");
    }

    /** Prints the whole configuration, each file after a line that names it. */
    HostCommand dump() {
        return nginx("-T").keeping(8 << 20);
    }

    HostCommand reload() {
        return nginx("-s", "reload");
    }

    HostCommand start() {
        if (setup.privateInstance()) {
            return nginx();
        }
        return Files.isDirectory(Path.of("/run/systemd/system"))
                ? HostCommand.of("systemctl", "start", "nginx")
                : HostCommand.of("service", "nginx", "start");
    }

    private HostCommand nginx(String... arguments) {
        var all = new ArrayList<String>();
        all.add(setup.program());
        if (setup.privateInstance()) {
            all.addAll(
                    List.of(
                            "-e",
                            setup.errorLog().toString(),
                            "-p",
                            setup.prefix().toString(),
                            "-c",
                            setup.configuration().toString()));
        }
        all.addAll(List.of(arguments));
        return HostCommand.of(all);
    }
}
