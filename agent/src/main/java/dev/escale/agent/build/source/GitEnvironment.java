package dev.escale.agent.build.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Source;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of git. Settings travel in {@code GIT_CONFIG_COUNT} and its like, so that no
 * secret stands in an argument list or on the disk; nobody else's settings, keys or passwords are
 * read.
 */
final class GitEnvironment {
    private final Path mirror;
    private final GitSettings settings;

    GitEnvironment(Path mirror, GitSettings settings) {
        this.mirror = mirror;
        this.settings = settings;
    }

    Map<String, String> local() {
        return variables(common());
    }

    Map<String, String> withIndex(Path index) {
        var all = new HashMap<>(local());
        all.put("GIT_INDEX_FILE", index.toString());
        return all;
    }

    Map<String, String> fetching(GitUrl url, Source source) {
        var config = common();
        if (settings.controlPlane() != null && settings.authority() != null) {
            config.put(
                    "http." + settings.controlPlane() + "/.sslCAInfo",
                    settings.authority().toString());
        }
        String login = login(url, source);
        if (login != null) {
            String basic = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
            config.put("http." + url.address() + ".extraHeader", "Authorization: Basic " + basic);
            config.put("http.followRedirects", "false");
        }
        var all = new HashMap<>(settings.network());
        all.putAll(variables(config));
        return all;
    }

    static @Nullable String login(GitUrl url, Source source) {
        return source.token() == null ? url.login() : "escale:" + source.token();
    }

    private Map<String, String> common() {
        var config = new LinkedHashMap<String, String>();
        config.put("safe.directory", mirror.toString());
        config.put("core.hooksPath", "/dev/null");
        config.put("core.quotePath", "false");
        config.put("credential.helper", "");
        config.put("fetch.unpackLimit", "1"); // one file, whose size can be bounded
        config.put("gc.auto", "0"); // not while a fetch is bounded; see KeptCommits
        config.put("gc.autoDetach", "false");
        config.put("http.lowSpeedLimit", "1000");
        config.put("http.lowSpeedTime", "60");
        return config;
    }

    private Map<String, String> variables(Map<String, String> config) {
        var all = new HashMap<String, String>();
        all.put("GIT_CONFIG_NOSYSTEM", "1");
        all.put("GIT_CONFIG_GLOBAL", "/dev/null");
        all.put("GIT_TERMINAL_PROMPT", "0");
        all.put("GIT_ALLOW_PROTOCOL", "https:git" + (settings.fileUrls() ? ":file" : ""));
        all.put("GIT_SSH_COMMAND", "/bin/false");
        all.put("HOME", "/nonexistent"); // the agent's own has keys and passwords of its owner
        all.put("GIT_CONFIG_COUNT", Integer.toString(config.size()));
        int number = 0;
        for (var entry : config.entrySet()) {
            all.put("GIT_CONFIG_KEY_" + number, entry.getKey());
            all.put("GIT_CONFIG_VALUE_" + number, entry.getValue());
            number++;
        }
        return all;
    }
}
