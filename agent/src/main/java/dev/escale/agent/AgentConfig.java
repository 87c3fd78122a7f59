package dev.escale.agent;

import dev.escale.agent.build.detect.Nearest;
import dev.escale.agent.release.HostLimits;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent's settings, from the environment, or from {@code agent.properties} in its home under
 * the same keys; the environment wins.
 *
 * @param home the state folder
 * @param httpPort of a private Nginx, 0 meaning "choose a free one and remember it"
 * @param httpsPort likewise
 * @param pm2 folder of the npm package
 * @param ports from which apps get theirs
 * @param limits of builds and deployments
 */
public record AgentConfig(
        Path home,
        NginxMode nginx,
        int httpPort,
        int httpsPort,
        Path pm2,
        PortRange ports,
        HostLimits limits) {
    public static final String HOME = "ESCALE_AGENT_HOME";
    public static final String TOKEN = "ESCALE_AGENT_TOKEN";
    static final String NGINX = "ESCALE_AGENT_NGINX";
    static final String HTTP_PORT = "ESCALE_AGENT_HTTP_PORT";
    static final String HTTPS_PORT = "ESCALE_AGENT_HTTPS_PORT";
    static final String PM2 = "ESCALE_AGENT_PM2";
    static final String PORTS = "ESCALE_AGENT_PORTS";
    static final String BUILD_SECONDS = "ESCALE_AGENT_BUILD_SECONDS";
    static final String BUILD_MEGABYTES = "ESCALE_AGENT_BUILD_MEGABYTES";
    static final String DEPLOYMENT_SECONDS = "ESCALE_AGENT_DEPLOYMENT_SECONDS";

    private static final String PREFIX = "ESCALE_AGENT_";
    private static final int DAY = 86_400;
    private static final int TERABYTE = 1 << 20;
    private static final Set<String> KEYS =
            Set.of(
                    HOME,
                    TOKEN,
                    NGINX,
                    HTTP_PORT,
                    HTTPS_PORT,
                    PM2,
                    PORTS,
                    BUILD_SECONDS,
                    BUILD_MEGABYTES,
                    DEPLOYMENT_SECONDS);

    /** Whose Nginx serves the sites. */
    public enum NginxMode {
        /** The system's: one file per app below {@code /etc/nginx/conf.d}. */
        SYSTEM,
        /** One of our own, below the agent's home: for demonstrations, tests and without root. */
        PRIVATE
    }

    /** Both ends are included. */
    public record PortRange(int first, int last) {
        public PortRange {
            if (first < 1024 || last > 65535 || first > last) {
                throw new IllegalArgumentException(
                        "not a range of ports between 1024 and 65535: " + first + "-" + last);
            }
        }
    }

    /**
     * @throws Wrong naming every fault at once
     */
    static AgentConfig load(Map<String, String> environment) throws Wrong {
        var faults = new ArrayList<String>();
        Path home =
                Path.of(environment.getOrDefault(HOME, "/var/lib/escale"))
                        .toAbsolutePath()
                        .normalize();
        var settings = new HashMap<>(file(home.resolve("agent.properties"), faults));
        environment.forEach(
                (key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        settings.put(key, value);
                    }
                });
        for (String key : settings.keySet()) {
            if (!KEYS.contains(key)) {
                faults.add(
                        "unknown setting " + key + "; did you mean " + Nearest.to(key, KEYS) + "?");
            }
        }
        var config =
                new AgentConfig(
                        home,
                        mode(settings.getOrDefault(NGINX, "system"), faults),
                        port(HTTP_PORT, settings, 80, faults),
                        port(HTTPS_PORT, settings, 443, faults),
                        home.resolve(settings.getOrDefault(PM2, "tools/pm2/node_modules/pm2")),
                        range(settings.getOrDefault(PORTS, "20000-29999"), faults),
                        new HostLimits(
                                limit(BUILD_SECONDS, settings, 10, DAY, faults),
                                limit(BUILD_MEGABYTES, settings, 64, TERABYTE, faults),
                                limit(DEPLOYMENT_SECONDS, settings, 30, DAY, faults)));
        if (!faults.isEmpty()) {
            throw new Wrong(String.join("; ", faults));
        }
        return config;
    }

    private static Map<String, String> file(Path path, List<String> faults) {
        if (!Files.exists(path)) {
            return Map.of();
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            faults.add("cannot read " + path + ": " + unreadable.getMessage());
        }
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
        return settings;
    }

    private static NginxMode mode(String value, List<String> faults) {
        return switch (value) {
            case "system" -> NginxMode.SYSTEM;
            case "private" -> NginxMode.PRIVATE;
            default -> {
                faults.add(NGINX + " is neither \"system\" nor \"private\": " + value);
                yield NginxMode.SYSTEM;
            }
        };
    }

    private static int port(
            String key, Map<String, String> settings, int ofSystem, List<String> faults) {
        String value = settings.get(key);
        if (value == null) {
            return "private".equals(settings.get(NGINX)) ? 0 : ofSystem;
        }
        Integer port = number(value);
        if (port == null || port > 65535) {
            faults.add(key + " is not a port: " + value);
            return 0;
        }
        return port;
    }

    private static PortRange range(String value, List<String> faults) {
        String[] ends = value.split("-", -1);
        Integer first = number(ends[0]);
        Integer last = ends.length == 2 ? number(ends[1]) : null;
        try {
            if (first != null && last != null) {
                return new PortRange(first, last);
            }
        } catch (IllegalArgumentException outside) {
            faults.add(PORTS + ": " + outside.getMessage());
            return new PortRange(20000, 29999);
        }
        faults.add(PORTS + " is not a range such as 20000-29999: " + value);
        return new PortRange(20000, 29999);
    }

    private static @Nullable Integer limit(
            String key, Map<String, String> settings, int least, int most, List<String> faults) {
        String value = settings.get(key);
        if (value == null) {
            return null;
        }
        Integer limit = number(value);
        if (limit == null || limit < least || limit > most) {
            faults.add("%s is not a number from %d to %d: %s".formatted(key, least, most, value));
        }
        return limit;
    }

    private static @Nullable Integer number(String text) {
        return text.matches("[0-9]{1,7}") ? Integer.valueOf(text) : null;
    }

    /** The settings do not hold; the message is for the person who made them. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }
}
