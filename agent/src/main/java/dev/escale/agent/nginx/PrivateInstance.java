package dev.escale.agent.nginx;

import dev.escale.agent.host.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** Makes the folders and the main file of an Nginx of our own. */
record PrivateInstance(NginxSetup setup) {
    void prepare() throws IOException {
        Files.createDirectories(setup.sites());
        Files.createDirectories(setup.prefix().resolve("temp"));
        AtomicFile.write(setup.configuration(), configuration(), "rw-r--r--");
    }

    private String configuration() {
        var prefix = new ConfigPath(setup.prefix());
        return """
        # Written by Escale; changes here are lost.
        %spid %s;
        error_log %s;
        worker_processes 2;
        events {
            worker_connections 2048;
        }
        http {
            include /etc/nginx/mime.types;
            default_type application/octet-stream;
            access_log off;
            server_tokens off;
            sendfile on;
            tcp_nopush on;
            client_body_temp_path %4$s/temp/body;
            proxy_temp_path %4$s/temp/proxy;
            fastcgi_temp_path %4$s/temp/fastcgi;
            uwsgi_temp_path %4$s/temp/uwsgi;
            scgi_temp_path %4$s/temp/scgi;
            include %5$s/*.conf;
        }
        """
                .formatted(
                        user(),
                        new ConfigPath(setup.pidFile()),
                        new ConfigPath(setup.errorLog()),
                        prefix,
                        new ConfigPath(setup.sites()));
    }

    /** Without root, workers run as the agent's own user and the directive would only warn. */
    private String user() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "";
        }
        return reachable() ? "user www-data;\n" : "user root;\n";
    }

    private boolean reachable() {
        try {
            if (!Files.readString(Path.of("/etc/passwd")).contains("\nwww-data:")) {
                return false;
            }
            for (@Nullable Path folder = setup.prefix();
                    folder != null;
                    folder = folder.getParent()) {
                if (!Files.getPosixFilePermissions(folder)
                        .contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }
}
