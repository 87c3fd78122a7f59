package dev.escale.control.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.StartRefused;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.db.schema.tables.records.PlanRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys are replaced while another process, which knows only the old ones, goes on working. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class RotationTest {
    private static final int ROWS = 2 * Resealing.BATCH + 30;

    @Parameter TestDatabase.Kind kind;

    @TempDir private Path folder;

    private TestDatabase real;
    private TeamId one;
    private TeamId two;
    private KeyMaterials runningKeys;
    private Secrets running;

    @BeforeEach
    void fill() {
        real = kind.fresh();
        one = real.team("one");
        two = real.team("two");
        runningKeys = TestSecrets.keys(real.database(), folder);
        running = new Secrets(runningKeys);
        for (int i = 0; i < ROWS; i++) {
            store(one, "plan_" + i, running.seal(one, "one " + i));
        }
        store(two, "other", running.seal(two, "two"));
        store(two, "forgotten", new byte[0]);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void allIsSealedByTheNewKeyAndWhoKnewOnlyTheOldOneGoesOn() throws IOException {
        Set<String> before = prefixes();
        String file = Files.readString(folder.resolve("master.key"));
        KeyRotation rotation = rotation();

        assertThat(rotation.renewMaster()).isEqualTo(KeyRotation.Master.RENEWED);
        assertThat(rotation.renewDataKey()).isNotNull();
        assertThat(rotation.left()).isEqualTo(ROWS + 1);
        var told = new java.util.ArrayList<Long>();
        assertThat(rotation.reseal(told::add)).isZero();

        assertThat(told).isSorted().hasSizeGreaterThan(3).endsWith(ROWS + 1L);
        assertThat(prefixes()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(rotation.isUnfinished()).isFalse();
        assertThat(Files.readString(folder.resolve("master.key"))).isNotEqualTo(file);
        for (Secrets each : List.of(running, TestSecrets.over(real.database(), folder))) {
            assertThat(each.open(one, input(one, "plan_7"))).isEqualTo("one 7");
            assertThat(each.open(two, input(two, "other"))).isEqualTo("two");
            assertThatThrownBy(() -> each.open(two, input(one, "plan_7")))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(prefix(running.seal(one, "later"))).isIn(prefixes());
        assertThat(runningKeys.add("signing", fresh()).id()).isNotNull();
        assertThat(TestSecrets.keys(real.database(), folder).newest("signing")).isPresent();
    }

    @Test
    void whatIsAPersonsIsSealedAnewForThatPerson() {
        real.database()
                .system(
                        tx -> {
                            tx.execute(
                                    "insert into person (id, name, created_at) values ('usr_1',"
                                            + " 'Ann', 0)");
                            return tx.insertInto(Tables.IDENTITY)
                                    .set(Tables.IDENTITY.ID, "idt_1")
                                    .set(Tables.IDENTITY.PERSON, "usr_1")
                                    .set(Tables.IDENTITY.PROVIDER, "github")
                                    .set(Tables.IDENTITY.ISSUER, "https://github.com")
                                    .set(Tables.IDENTITY.SUBJECT, "1")
                                    .set(Tables.IDENTITY.LOGIN, "ann")
                                    .set(
                                            Tables.IDENTITY.SEALED,
                                            running.seal("person:usr_1", "their token"))
                                    .set(Tables.IDENTITY.CREATED_AT, Instant.EPOCH)
                                    .set(Tables.IDENTITY.USED_AT, Instant.EPOCH)
                                    .execute();
                        });
        byte[] before = ofPerson();
        KeyRotation rotation = rotation();
        rotation.renewDataKey();
        assertThat(rotation.left()).isEqualTo(ROWS + 2);

        assertThat(rotation.reseal(done -> {})).isZero();

        assertThat(prefix(ofPerson())).isNotEqualTo(prefix(before)).isIn(prefixes());
        assertThat(running.open("person:usr_1", ofPerson())).isEqualTo("their token");
        assertThatThrownBy(() -> running.open("person:usr_2", ofPerson()))
                .isInstanceOf(IllegalStateException.class);
    }

    private byte[] ofPerson() {
        return real.database().systemRead(tx -> tx.fetchSingle(Tables.IDENTITY).getSealed());
    }

    @Test
    void aRotationThatIsKilledAnywhereIsFinishedByTheNext() {
        KeyRotation killed = rotation();
        String key = killed.renewDataKey();
        assertThatThrownBy(
                        () ->
                                killed.reseal(
                                        done -> {
                                            if (done >= Resealing.BATCH) {
                                                throw new IllegalStateException("killed");
                                            }
                                        }))
                .hasMessage("killed");
        assertThat(prefixes()).hasSize(2);
        assertThat(running.open(one, input(one, "plan_0"))).isEqualTo("one 0");
        assertThat(running.open(one, input(one, "plan_99"))).isEqualTo("one 99");
        assertThat(running.open(two, input(two, "other"))).isEqualTo("two");

        KeyRotation next = rotation();
        assertThat(next.isUnfinished()).isTrue();
        assertThat(next.left()).isBetween(1L, (long) ROWS + 1 - Resealing.BATCH);
        assertThat(next.renewDataKey()).isNull();
        assertThat(next.reseal(done -> {})).isZero();

        assertThat(prefixes()).hasSize(1);
        assertThat(runningKeys.newestId(Secrets.PURPOSE)).isEqualTo(key);
        assertThat(next.isUnfinished()).isFalse();
    }

    @Test
    void theMasterKeyCanBeRotatedFromAnyStepOnAndEachStepLeavesAllOpen() {
        KeyMaterials rotating = TestSecrets.keys(real.database(), folder);

        assertThat(rotating.announceMaster()).isTrue();
        opens();
        WrappedKey byOld = runningKeys.add("between", fresh());
        assertThat(TestSecrets.keys(real.database(), folder).announceMaster()).isFalse();
        assertThat(rotating.dropOldMasters()).as("while it wraps some").isFalse();
        opens();

        assertThat(TestSecrets.keys(real.database(), folder).rewrap()).isEqualTo(2);
        opens();
        WrappedKey byNew = runningKeys.add("between", fresh());

        assertThat(TestSecrets.keys(real.database(), folder).dropOldMasters()).isTrue();
        opens();
        assertThat(TestSecrets.keys(real.database(), folder).all("between"))
                .extracting(WrappedKey::id)
                .containsExactly(byNew.id(), byOld.id());
        assertThat(rotation().renewMaster()).isEqualTo(KeyRotation.Master.RENEWED);
        opens();
    }

    @Test
    void aReplicaThatWasNotGivenTheNewMasterKeyMakesNoKeysThatNobodyCouldOpen(
            @TempDir Path elsewhere) throws IOException {
        Files.copy(folder.resolve("master.key"), elsewhere.resolve("master.key"));
        KeyMaterials replica = TestSecrets.keys(real.database(), elsewhere);
        rotation().renewMaster();

        assertThatThrownBy(() -> replica.add("signing", fresh()))
                .hasMessageContaining("give this replica the new one");
        assertThat(TestSecrets.keys(real.database(), folder).all("signing")).isEmpty();

        Files.delete(elsewhere.resolve("master.key"));
        Files.copy(folder.resolve("master.key"), elsewhere.resolve("master.key"));
        replica.add("signing", fresh());
        assertThat(TestSecrets.keys(real.database(), folder).all("signing")).hasSize(1);
    }

    @Test
    void theFileKeepsItsModeAndAFolderThatCannotBeWrittenIsSaidBeforeAnythingChanges()
            throws IOException {
        Path file = folder.resolve("master.key");
        String before = Files.readString(file);
        Path place = Files.createDirectory(folder.resolve("real"));
        Files.move(file, place.resolve("key"));
        Files.createSymbolicLink(file, place.resolve("key"));
        Files.setPosixFilePermissions(
                place.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));

        rotation().renewMaster();

        assertThat(file).isSymbolicLink();
        assertThat(Files.getPosixFilePermissions(place.resolve("key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Files.readString(file)).isNotEqualTo(before);
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files).as("nothing is left beside it").hasSize(1);
        }
    }

    @Test
    void aValueSealedAtTheVeryMomentOfARotationStillOpens() {
        byte[] late = running.seal(one, "late");
        KeyRotation rotation = rotation();
        rotation.renewDataKey();
        rotation.reseal(done -> {});

        store(one, "late", late);

        assertThat(TestSecrets.over(real.database(), folder).open(one, late)).isEqualTo("late");
        assertThat(rotation.left()).isEqualTo(1);
        rotation.renewDataKey();
        rotation.reseal(done -> {});
        assertThat(prefixes()).hasSize(1);
    }

    @Test
    void aValueThatDoesNotOpenKeepsTheOldKeysAndStopsNothingElse() {
        store(one, "broken", new byte[] {1, 2, 3, 4, 5, 6});
        KeyRotation rotation = rotation();
        rotation.renewDataKey();

        assertThat(rotation.reseal(done -> {})).isEqualTo(1);

        assertThat(rotation.isUnfinished()).isTrue();
        assertThat(rotation.left()).isEqualTo(1);
        assertThat(running.open(one, input(one, "plan_229"))).isEqualTo("one 229");
    }

    @Test
    void aMasterKeyOfTheEnvironmentRotatesByPuttingTheNewOneFirst() {
        try (TestDatabase fresh = kind.fresh()) {
            String old =
                    Base64.getEncoder()
                            .encodeToString("0123456789abcdef0123456789abcdef".getBytes());
            String key =
                    Base64.getEncoder()
                            .encodeToString("fedcba9876543210fedcba9876543210".getBytes());
            TeamId team = fresh.team("env");
            byte[] sealed = TestSecrets.over(fresh.database(), old).seal(team, "text");

            TestSecrets.over(fresh.database(), key + ", " + old);
            assertThat(rotation(fresh, key + "," + old).renewMaster())
                    .isEqualTo(KeyRotation.Master.OF_ENVIRONMENT);

            assertThat(TestSecrets.over(fresh.database(), key).open(team, sealed))
                    .isEqualTo("text");
            assertThatThrownBy(() -> TestSecrets.over(fresh.database(), old))
                    .isInstanceOf(StartRefused.class);
            assertThatThrownBy(() -> TestSecrets.over(fresh.database(), "c2hvcnQ="))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("ESCALE_MASTER_KEY cannot be used: not 32 bytes")
                    .hasMessageNotContaining("c2hvcnQ");
        }
    }

    @Test
    void allBytesInTablesOfTeamsAreSealedOnesAndTheOthersAreKnown() {
        List<String> bytes =
                Tables.PLAN.getSchema().getTables().stream()
                        .flatMap(table -> Arrays.stream(table.fields()))
                        .filter(field -> field.getType() == byte[].class)
                        .map(field -> field.getQualifiedName().unquotedName().toString())
                        .map(name -> name.replaceFirst("^.*?([a-z_]+\\.[a-z_]+)$", "$1"))
                        .filter(
                                name ->
                                        SealedColumn.all().stream()
                                                .noneMatch(
                                                        c ->
                                                                name.equals(
                                                                        c.table().getName()
                                                                                + "."
                                                                                + c.value()
                                                                                        .getName())))
                        .toList();

        assertThat(bytes)
                .as(
                        "wrapped by the master key, or no secret; whatever else is sealed must be"
                                + " re-sealed by a rotation")
                .containsExactlyInAnyOrder("key_material.wrapped", "passkey.attested");
        assertThat(SealedColumn.all()).hasSizeGreaterThanOrEqualTo(4);
    }

    private void opens() {
        assertThat(TestSecrets.over(real.database(), folder).open(one, input(one, "plan_3")))
                .isEqualTo("one 3");
        assertThat(runningKeys.all(Secrets.PURPOSE)).isNotEmpty();
    }

    private KeyRotation rotation() {
        KeyMaterials keys = TestSecrets.keys(real.database(), folder);
        Secrets secrets = new Secrets(keys);
        return new KeyRotation(
                keys, secrets, new Resealing(real.database(), real.lookup(), secrets));
    }

    private static KeyRotation rotation(TestDatabase database, String masterKeys) {
        return KeyRotation.of(
                new dev.escale.control.MasterKeyPlace.Text(
                        new dev.escale.control.SecretText(masterKeys)),
                database.database(),
                database.lookup(),
                java.time.Clock.systemUTC());
    }

    private static KeyMaterials.Fresh fresh() {
        return new KeyMaterials.Fresh("public", new byte[] {1, 2, 3}, null);
    }

    private Set<String> prefixes() {
        return Stream.of(one, two)
                .flatMap(
                        team ->
                                real
                                        .database()
                                        .read(
                                                team,
                                                tx ->
                                                        tx.selectFrom(Tables.PLAN)
                                                                .where(
                                                                        Tables.PLAN.TEAM.eq(
                                                                                team.value()))
                                                                .fetch())
                                        .stream())
                .filter(row -> row.getInput().length > 0)
                .map(row -> prefix(row.getInput()))
                .collect(Collectors.toSet());
    }

    private static String prefix(byte[] sealed) {
        return Arrays.toString(Arrays.copyOf(sealed, Keyring.PREFIX));
    }

    private byte[] input(TeamId team, String id) {
        return real.database()
                .read(team, tx -> tx.fetchSingle(Tables.PLAN, Tables.PLAN.ID.eq(id)).getInput());
    }

    private void store(TeamId team, String id, byte[] sealed) {
        var row = new PlanRecord();
        row.setId(id);
        row.setTeam(team.value());
        row.setOperation("test.do");
        row.setActorType("person");
        row.setActorId("usr_1");
        row.setInput(sealed);
        row.setContent("{}");
        row.setFingerprint("");
        row.setCreatedAt(Instant.EPOCH);
        row.setExpiresAt(Instant.EPOCH);
        real.database().write(team, tx -> tx.executeInsert(row));
    }
}
