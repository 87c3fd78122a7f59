package dev.escale.control.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.escale.control.StartRefused;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class SecretsTest {
    private final TestDatabase real;

    @TempDir private Path folder;

    SecretsTest(TestDatabase.Kind kind) {
        this.real = kind.fresh();
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void whatWasSealedOpensAgainAfterARestartButForNoOtherTeam() {
        TeamId team = new TeamId("tm_1");
        byte[] sealed = TestSecrets.over(real.database(), folder).seal(team, "pässword");

        Secrets later = TestSecrets.over(real.database(), folder);

        assertThat(later.open(team, sealed)).isEqualTo("pässword");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("ssword");
        assertThatThrownBy(() -> later.open(new TeamId("tm_2"), sealed))
                .isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> later.open(team, sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasSealedForAPersonOpensForThatPersonAlone() {
        Secrets secrets = TestSecrets.over(real.database(), folder);
        byte[] sealed = secrets.seal("person:usr_1", "pässword");

        assertThat(secrets.open("person:usr_1", sealed)).isEqualTo("pässword");
        assertThatThrownBy(() -> secrets.open("person:usr_2", sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secrets.open(new TeamId("usr_1"), sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyTheOwnerReadsTheMasterKey() throws IOException {
        TestSecrets.over(real.database(), folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("master.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aMasterKeyThatIsMissingIsNoticedAndNotReplaced() throws IOException {
        TestSecrets.over(real.database(), folder);
        Files.delete(folder.resolve("master.key"));

        assertThatThrownBy(() -> TestSecrets.over(real.database(), folder))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is missing, but the database holds keys");
        assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void aMasterKeyOfAnotherDatabaseIsNoticed(@TempDir Path other) throws IOException {
        TestSecrets.over(real.database(), folder);
        try (TestDatabase elsewhere = TestDatabase.Kind.SQLITE.fresh()) {
            TestSecrets.over(elsewhere.database(), other);
        }

        assertThatThrownBy(() -> TestSecrets.over(real.database(), other))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not open the keys");
        Files.writeString(other.resolve("master.key"), "nonsense");
        assertThatThrownBy(() -> TestSecrets.over(real.database(), other))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void aMasterKeyThatThisUserCannotReadIsSaidSo() throws IOException {
        TestSecrets.over(real.database(), folder);
        Path file = folder.resolve("master.key");
        Files.delete(file);
        Files.createDirectory(file);

        assertThatThrownBy(() -> TestSecrets.over(real.database(), folder))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("The master key " + file + " cannot be used");
    }

    @Test
    void aStartThatWasKilledWhileItMadeTheMasterKeyLeavesNoHalfOne() throws IOException {
        Files.writeString(folder.resolve(".master1.new"), "{\"primaryKeyId\":");

        TestSecrets.over(real.database(), folder);

        assertThat(Files.readString(folder.resolve("master.key"))).startsWith("{").endsWith("}\n");
    }

    @Test
    void aMasterKeyThatOthersCanReadIsWarnedOf() throws IOException {
        TestSecrets.over(real.database(), folder);
        Path file = folder.resolve("master.key");
        var log = (Logger) LoggerFactory.getLogger(MasterKeyFile.class);
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        log.addAppender(told);

        TestSecrets.over(real.database(), folder);
        assertThat(told.list).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        TestSecrets.over(real.database(), folder);
        log.detachAppender(told);

        assertThat(told.list).hasSize(1);
        assertThat(told.list.getFirst().getMessage()).contains("chmod 600");
        assertThat(told.list.getFirst().getKeyValuePairs().toString())
                .contains(file.toString(), "---r-----");
    }

    @Test
    void theNewestKeyOfAPurposeIsTheOneThatIsUsedUntilItIsRetired() {
        KeyMaterials keys = TestSecrets.keys(real.database(), folder);
        keys.add("signing", new KeyMaterials.Fresh("one", new byte[] {1}, null));
        WrappedKey second =
                keys.add("signing", new KeyMaterials.Fresh("two", new byte[] {2}, null));

        assertThat(keys.newest("signing").orElseThrow().privatePart()).containsExactly(2);
        assertThat(keys.all("signing")).hasSize(2);

        keys.retire(second.id());

        assertThat(keys.newest("signing").orElseThrow().publicPart()).isEqualTo("one");
        assertThat(keys.newest("other")).isEmpty();
    }
}
