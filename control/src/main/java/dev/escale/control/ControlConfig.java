package dev.escale.control;

import dev.escale.control.DatabaseUrl.Postgresql;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the control plane, checked. See {@code docs/configuration.md}.
 *
 * @param home data folder
 * @param port listening port, TLS
 * @param publicUrl address that browsers use, and agents unless they have one of their own; no
 *     slash at its end
 * @param agentUrl address that agents and installers use: there the certificate is always one of
 *     the local authority, which they pin
 * @param migrationDatabase the owner's role, for migrations only; PostgreSQL needs it
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param masterKey key-encryption key
 * @param tlsFiles certificate from elsewhere instead of the local authority's
 * @param bootstrapToken the owner's first token, for scripts
 * @param pushLimits how much one push may bring
 * @param signIn who may sign people in
 * @param mail null: links are shown instead of sent
 */
public record ControlConfig(
        Path home,
        int port,
        URI publicUrl,
        URI agentUrl,
        DatabaseUrl database,
        @Nullable Postgresql migrationDatabase,
        List<AddressRange> trustedProxies,
        MasterKeyPlace masterKey,
        @Nullable TlsFiles tlsFiles,
        @Nullable SecretText bootstrapToken,
        PushLimits pushLimits,
        SignInSettings signIn,
        @Nullable MailServer mail) {

    public static final int DEFAULT_PORT = 8420;

    public ControlConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** The same with another way for mail. */
    public ControlConfig withMail(@Nullable MailServer other) {
        return new ControlConfig(
                home,
                port,
                publicUrl,
                agentUrl,
                database,
                migrationDatabase,
                trustedProxies,
                masterKey,
                tlsFiles,
                bootstrapToken,
                pushLimits,
                signIn,
                other);
    }

    /**
     * @param megabytes of a whole push, as it travels
     * @param objectMegabytes of one file in it
     */
    public record PushLimits(int megabytes, int objectMegabytes) {
        public static final PushLimits DEFAULT = new PushLimits(1024, 1024);
    }

    /** PEM: the chain with the leaf first, and its PKCS#8 key. */
    public record TlsFiles(Path certificate, Path key) {}

    /**
     * @param environment variables; {@code escale.properties} in the home stands behind them
     * @throws StartRefused with every fault of the settings, one sentence a line
     */
    public static ControlConfig load(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        ControlConfig config = ConfigReader.read(settings);
        settings.refuseFaults();
        return config;
    }
}
