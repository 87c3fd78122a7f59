package dev.escale.agent.nginx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The {@code listen} lines of a server.
 *
 * @param http2Directive whether HTTP/2 has a directive of its own (Nginx 1.25.1), not a parameter
 */
record Listen(NginxSetup setup, boolean http2Directive) {
    static Listen of(NginxSetup setup, String version) {
        var parts = List.of(version.split("\\."));
        int number = Integer.parseInt(parts.get(0)) * 1000 + Integer.parseInt(parts.get(1));
        int patch = parts.size() > 2 ? Integer.parseInt(parts.get(2)) : 0;
        return new Listen(setup, number > 1025 || number == 1025 && patch >= 1);
    }

    String http() {
        return lines(setup.httpPort(), "");
    }

    String https(String parameter) {
        String options = http2Directive ? " ssl" : " ssl http2";
        String last = parameter.isEmpty() ? "" : " " + parameter;
        return lines(setup.httpsPort(), options + last) + (http2Directive ? "    http2 on;\n" : "");
    }

    private String lines(int port, String options) {
        return addresses().stream()
                .map(address -> "    listen " + address + port + options + ";\n")
                .collect(Collectors.joining());
    }

    private List<String> addresses() {
        boolean ipv6 = Files.exists(Path.of("/proc/net/if_inet6"));
        String four = setup.loopbackOnly() ? "127.0.0.1:" : "";
        String six = setup.loopbackOnly() ? "[::1]:" : "[::]:";
        return ipv6 ? List.of(four, six) : List.of(four);
    }
}
