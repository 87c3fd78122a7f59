package dev.escale.control;

import dev.escale.control.ControlConfig.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns texts into settings and collects what is wrong with them. */
final class ConfigReader {
    private ConfigReader() {}

    static ControlConfig read(Settings settings) {
        int port = port(settings);
        URI publicUrl = publicUrl(settings, port);
        TlsFiles tlsFiles = tlsFiles(settings);
        DatabaseUrl database = database(settings);
        return new ControlConfig(
                settings.home(),
                port,
                publicUrl,
                agentUrl(settings, port, publicUrl, tlsFiles != null),
                database,
                migrationDatabase(settings, database),
                trustedProxies(settings),
                masterKey(settings),
                tlsFiles,
                bootstrapToken(settings),
                pushLimits(settings),
                SignInReader.read(settings),
                mail(settings));
    }

    private static int port(Settings settings) {
        Integer port = settings.parse("ESCALE_PORT", "a port from 0 to 65535", ConfigReader::port);
        if (port == null) {
            return ControlConfig.DEFAULT_PORT;
        }
        return port == 0 ? freePort() : port;
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }

    /** Known before the start, because certificate and links carry the address. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static URI publicUrl(Settings settings, int port) {
        URI url =
                settings.parse(
                        "ESCALE_PUBLIC_URL",
                        "an address such as https://escale.example.com",
                        ConfigReader::publicUrl);
        return url == null ? URI.create("https://localhost:" + port) : url;
    }

    private static URI publicUrl(String text) {
        URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        boolean plain =
                Objects.equals(url.getRawPath(), "")
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null
                        && url.getRawUserInfo() == null;
        if (!"https".equals(url.getScheme()) || url.getHost() == null || !plain) {
            throw new IllegalArgumentException(text);
        }
        return url;
    }

    /**
     * @param foreign whether the port shows a certificate from elsewhere
     */
    private static URI agentUrl(Settings settings, int port, URI publicUrl, boolean foreign) {
        Integer given =
                settings.parse("ESCALE_AGENT_PORT", "a port from 1 to 65535", ConfigReader::port);
        if (given == null && !foreign) {
            return publicUrl;
        }
        int agentPort = given == null ? port + 1 : given;
        if (agentPort == 0 || foreign && agentPort == port) {
            settings.fault(
                    "ESCALE_AGENT_PORT must be a port from 1 to 65535, and another one than"
                            + " ESCALE_PORT when ESCALE_TLS_CERT is set: agents need a certificate"
                            + " of the local authority.");
        }
        return URI.create("https://" + publicUrl.getHost() + ":" + agentPort);
    }

    private static DatabaseUrl database(Settings settings) {
        DatabaseUrl url =
                settings.parse(
                        "ESCALE_DATABASE_URL",
                        "sqlite:PATH or postgresql://user:password@host:port/name",
                        DatabaseUrl::parse);
        return url == null ? new DatabaseUrl.Sqlite(settings.home().resolve("escale.db")) : url;
    }

    private static DatabaseUrl.@Nullable Postgresql migrationDatabase(
            Settings settings, DatabaseUrl database) {
        String name = "ESCALE_DATABASE_MIGRATION_URL";
        DatabaseUrl.Postgresql owner =
                settings.parse(
                        name,
                        "postgresql://user:password@host:port/name",
                        text -> (DatabaseUrl.Postgresql) DatabaseUrl.parse(text));
        switch (database) {
            case DatabaseUrl.Sqlite sqlite -> {
                if (settings.get(name) != null) {
                    settings.fault(name + " is set, but ESCALE_DATABASE_URL is not PostgreSQL.");
                }
            }
            case DatabaseUrl.Postgresql application -> {
                if (settings.get(name) == null) {
                    settings.fault(
                            name
                                    + " is missing: PostgreSQL needs the role that owns the tables"
                                    + " there, and another one in ESCALE_DATABASE_URL.");
                }
            }
        }
        return owner;
    }

    private static List<AddressRange> trustedProxies(Settings settings) {
        List<AddressRange> ranges =
                settings.parse(
                        "ESCALE_TRUSTED_PROXIES",
                        "addresses or networks with commas between them, such as 10.0.0.0/8",
                        text ->
                                Arrays.stream(text.split(","))
                                        .map(String::strip)
                                        .map(AddressRange::parse)
                                        .toList());
        return ranges == null ? List.of() : ranges;
    }

    private static MasterKeyPlace masterKey(Settings settings) {
        String file = settings.get("ESCALE_MASTER_KEY_FILE");
        String text = settings.get("ESCALE_MASTER_KEY");
        if (file != null && text != null) {
            settings.fault("ESCALE_MASTER_KEY and ESCALE_MASTER_KEY_FILE are both set; keep one.");
        }
        if (text != null) {
            return new MasterKeyPlace.Text(new SecretText(text));
        }
        return new MasterKeyPlace.File(
                file == null
                        ? settings.home().resolve("master.key")
                        : Path.of(file).toAbsolutePath());
    }

    private static @Nullable TlsFiles tlsFiles(Settings settings) {
        Path certificate = readable(settings, "ESCALE_TLS_CERT");
        Path key = readable(settings, "ESCALE_TLS_KEY");
        if ((settings.get("ESCALE_TLS_CERT") == null) != (settings.get("ESCALE_TLS_KEY") == null)) {
            settings.fault("ESCALE_TLS_CERT and ESCALE_TLS_KEY must be set together.");
        }
        return certificate == null || key == null ? null : new TlsFiles(certificate, key);
    }

    private static @Nullable Path readable(Settings settings, String name) {
        return settings.parse(
                name,
                "a file that can be read",
                text -> {
                    Path file = Path.of(text).toAbsolutePath();
                    if (!Files.isReadable(file) || Files.isDirectory(file)) {
                        throw new IllegalArgumentException(text);
                    }
                    return file;
                });
    }

    private static @Nullable SecretText bootstrapToken(Settings settings) {
        return settings.parse(
                "ESCALE_BOOTSTRAP_TOKEN",
                "esc_ and at least 20 letters or digits",
                text -> {
                    if (!text.matches("esc_[A-Za-z0-9]{20,200}")) {
                        throw new IllegalArgumentException("bootstrap token");
                    }
                    return new SecretText(text);
                });
    }

    private static @Nullable MailServer mail(Settings settings) {
        return settings.parse(
                "ESCALE_SMTP_URL",
                "smtp:// or smtps://user:password@host:port?from=address&ca=file, where all but the"
                        + " host may be left out",
                MailServer::parse);
    }

    private static ControlConfig.PushLimits pushLimits(Settings settings) {
        var usual = ControlConfig.PushLimits.DEFAULT;
        int whole = megabytes(settings, "ESCALE_PUSH_LIMIT", usual.megabytes());
        return new ControlConfig.PushLimits(
                whole,
                megabytes(
                        settings,
                        "ESCALE_PUSH_OBJECT_LIMIT",
                        Math.min(whole, usual.objectMegabytes())));
    }

    private static int megabytes(Settings settings, String name, int usual) {
        Integer given =
                settings.parse(name, "a number of MiB from 1 to 1000000", ConfigReader::megabytes);
        return given == null ? usual : given;
    }

    private static int megabytes(String text) {
        int megabytes = Integer.parseInt(text);
        if (megabytes < 1 || megabytes > 1_000_000) {
            throw new IllegalArgumentException(text);
        }
        return megabytes;
    }
}
