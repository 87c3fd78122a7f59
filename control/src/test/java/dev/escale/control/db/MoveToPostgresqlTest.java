package dev.escale.control.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever tables there are, their rows come along with every column. */
class MoveToPostgresqlTest {
    private static final Set<String> OWN = Set.of("flyway_schema_history", "moved_away");

    @TempDir private Path folder;

    @Test
    void everyRowOfEveryTableComesAlongWithEveryColumn() throws IOException {
        try (TestDatabase source = TestDatabase.Kind.SQLITE.fresh();
                TestDatabase target = TestDatabase.Kind.POSTGRESQL.fresh()) {
            Set<String> tables = FilledTables.in(source);
            Map<String, List<String>> before = rows(source);

            MoveToPostgresql.Moved moved =
                    MoveToPostgresql.run(copy(source), target.owner(), new Silent());

            Map<String, List<String>> after = rows(target);
            assertThat(after.keySet()).isEqualTo(before.keySet()).isEqualTo(tables);
            before.forEach((table, rows) -> assertThat(after.get(table)).as(table).isEqualTo(rows));
            assertThat(filled(target)).isEqualTo(columns(target));
            assertThat(moved)
                    .isEqualTo(new MoveToPostgresql.Moved(tables.size(), tables.size() * 2));
        }
    }

    /** Its own one is open in this process. */
    private DatabaseUrl.Sqlite copy(TestDatabase source) throws IOException {
        Path from = ((DatabaseUrl.Sqlite) source.url()).file();
        Path file = folder.resolve("escale.db");
        for (String part : List.of("", "-wal")) {
            Files.copy(Path.of(from + part), Path.of(file + part));
        }
        return new DatabaseUrl.Sqlite(file);
    }

    /** By table, each as what stands in its columns. */
    private static Map<String, List<String>> rows(TestDatabase database) {
        return TestDump.of(database).stream()
                .filter(cell -> !OWN.contains(cell.table()))
                .collect(Collectors.groupingBy(TestDump.Cell::table, TreeMap::new, byRow()));
    }

    private static java.util.stream.Collector<TestDump.Cell, ?, List<String>> byRow() {
        return Collectors.collectingAndThen(
                Collectors.groupingBy(
                        TestDump.Cell::row,
                        Collectors.mapping(MoveToPostgresqlTest::text, Collectors.toList())),
                rows -> rows.values().stream().map(row -> sorted(row)).sorted().toList());
    }

    private static String sorted(List<String> cells) {
        return cells.stream().sorted().collect(Collectors.joining("\n"));
    }

    /** SQLite has no type for what is true or not. */
    private static String text(TestDump.Cell cell) {
        String value = new String(cell.bytes(), StandardCharsets.UTF_8);
        return cell.column()
                + "="
                + switch (value) {
                    case "true" -> "31";
                    case "false" -> "30";
                    default -> HexFormat.of().formatHex(cell.bytes());
                };
    }

    private static Set<String> filled(TestDatabase database) {
        return TestDump.of(database).stream()
                .filter(cell -> !OWN.contains(cell.table()))
                .map(TestDump.Cell::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> columns(TestDatabase database) {
        return database
                .database()
                .systemRead(
                        tx ->
                                tx.fetch(
                                        "select table_name, column_name from"
                                                + " information_schema.columns where table_schema ="
                                                + " current_schema()"))
                .stream()
                .filter(row -> !OWN.contains(row.get(0, String.class)))
                .map(row -> row.get(0, String.class) + "." + row.get(1, String.class))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static final class Silent implements MoveToPostgresql.Progress {
        @Override
        public void copied(String table, long rows) {}

        @Override
        public void compared(String table, long rows) {}

        @Override
        public void beforeCommit(Database sqlite, List<TeamId> teams) {}
    }
}
