package dev.escale.control.server;

import dev.escale.control.ControlConfig;
import dev.escale.control.authority.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a fresh server downloads: the installer and the agent. Open to everybody, secret to none.
 */
@RestController
class InstallApi {
    private static final MediaType SCRIPT =
            new MediaType("text", "x-shellscript", StandardCharsets.UTF_8);

    private final AgentImage image;
    private final Map<String, String> placeholders;

    InstallApi(AgentImage image, ControlConfig config, Authority authority) {
        this.image = image;
        this.placeholders =
                Map.of(
                        "@URL@", config.agentUrl().toString(),
                        "@CA_SHA256@", authority.sha256(),
                        "@CA_PEM@", authority.rootPem().strip());
    }

    @GetMapping("/install.sh")
    ResponseEntity<String> script() {
        return ResponseEntity.ok()
                .contentType(SCRIPT)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .body(filled());
    }

    @GetMapping("/agent/escale-agent-linux-{architecture:[a-z0-9_]+}.tar.gz")
    ResponseEntity<Resource> image(@PathVariable String architecture) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/gzip"))
                .eTag('"' + image.sha256(architecture) + '"')
                .body(new FileSystemResource(image.of(architecture)));
    }

    @GetMapping("/agent/escale-agent-linux-{architecture:[a-z0-9_]+}.tar.gz.sha256")
    ResponseEntity<String> digest(@PathVariable String architecture) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .body(
                        "%s  escale-agent-linux-%s.tar.gz\n"
                                .formatted(image.sha256(architecture), architecture));
    }

    private String filled() {
        String script = template();
        for (var placeholder : placeholders.entrySet()) {
            script = script.replace(placeholder.getKey(), placeholder.getValue());
        }
        return script;
    }

    private static String template() {
        try (InputStream in = InstallApi.class.getResourceAsStream("/packaging/install.sh")) {
            if (in == null) {
                throw new IllegalStateException("packaging/install.sh is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
