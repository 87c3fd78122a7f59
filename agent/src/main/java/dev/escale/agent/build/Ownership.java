package dev.escale.agent.build;

import dev.escale.agent.host.HostUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Argument lists that change who may do what with files. Links are never followed. */
final class Ownership {
    private Ownership() {}

    static List<String> give(HostUser user, Path path) {
        return List.of(
                "chown",
                "--recursive",
                "--no-dereference",
                user.name() + ":" + user.name(),
                path.toString());
    }

    /**
     * In a finished release all is readable to whom its top folder, which stays as it is, lets in:
     * the app's user or Nginx. Nobody may write, so that no later build can change it.
     *
     * @param user that built it; null when that is the agent itself
     */
    static List<String> finish(@Nullable HostUser user, Path release) {
        var find = new ArrayList<>(List.of("find", "-P", release.toString()));
        if (user != null) {
            find.addAll(List.of("-user", user.name()));
            find.addAll(List.of("-exec", "chown", "--no-dereference", "0:0", "{}", "+"));
        }
        find.addAll(List.of("!", "-path", release.toString(), "!", "-type", "l"));
        find.addAll(List.of("-exec", "chmod", "a+rX,go-w,ug-s", "{}", "+"));
        return find;
    }
}
