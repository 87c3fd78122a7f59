package dev.escale.control.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.language.Messages;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every operation must have, looked for in those of the running control plane. */
class OperationCatalogTest {
    private static RunningControl control;
    private static Collection<Operation<?, ?>> operations;

    @BeforeAll
    static void start() {
        control = RunningControl.start(TestDatabase.Kind.SQLITE);
        operations = control.bean(OperationCatalog.class).all();
    }

    @AfterAll
    static void stop() {
        control.close();
    }

    @Test
    void eachHasANameAndAPermissionOfTwoWords() {
        assertThat(operations).hasSizeGreaterThan(15);
        assertThat(operations)
                .allSatisfy(
                        each -> {
                            assertThat(each.name()).matches("[a-z][a-zA-Z]*\\.[a-z][a-zA-Z]*");
                            assertThat(each.permission())
                                    .matches("[a-z][a-zA-Z]*\\.[a-z][a-zA-Z]*");
                        });
    }

    @Test
    void eachSaysItselfWhatItWasAskedAndWhatItPlans() {
        assertThat(operations)
                .allSatisfy(
                        each -> {
                            assertThat(declares(each, "asked")).as(each.name()).isTrue();
                            assertThat(declares(each, "plan")).as(each.name()).isTrue();
                        });
    }

    @Test
    void whatMakesSomethingTellsTheRecordItsId() {
        assertThat(operations)
                .filteredOn(each -> List.of("create", "add", "rotate").contains(verb(each)))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(declares(each, "done")).as(each.name()).isTrue());
    }

    @Test
    void eachIsNamedInBothLanguages() {
        Messages messages = Messages.load();

        for (Locale language : Messages.LANGUAGES) {
            assertThat(operations)
                    .extracting(each -> "operation." + each.name())
                    .allSatisfy(key -> assertThat(messages.keys(language)).contains(key));
        }
    }

    private static String verb(Operation<?, ?> operation) {
        return operation.name().substring(operation.name().indexOf('.') + 1);
    }

    private static boolean declares(Operation<?, ?> operation, String method) {
        return Arrays.stream(operation.getClass().getDeclaredMethods())
                .filter(each -> !each.isBridge())
                .map(Method::getName)
                .anyMatch(method::equals);
    }
}
