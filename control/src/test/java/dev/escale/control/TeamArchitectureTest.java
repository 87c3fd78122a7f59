package dev.escale.control;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.escale.control.db.Database;
import dev.escale.control.db.OwnedTables;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.schema.Tables;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.junit.jupiter.api.Test;

/** Rows of teams cannot be asked for without a team. */
@AnalyzeClasses(
        packages = "dev.escale.control",
        importOptions = ImportOption.DoNotIncludeTests.class)
class TeamArchitectureTest {
    private static final Set<String> OWNED =
            OwnedTables.inOrder().stream()
                    .map(table -> table.getName().toUpperCase(Locale.ROOT))
                    .collect(Collectors.toSet());

    /** Persons and what is theirs, whichever team they look at; teams themselves; our own keys. */
    private static final Set<String> NOBODYS =
            Set.of(
                    "team",
                    "person",
                    "identity",
                    "adopted_token",
                    "retired_session_id",
                    "passkey",
                    "passkey_challenge",
                    "postage",
                    "sign_in_link",
                    "setting",
                    "key_material");

    @Test
    void whichTablesNoTeamOwnsIsAShortReviewedList() {
        Set<String> without =
                Tables.TEAM.getSchema().getTables().stream()
                        .filter(table -> table.field("team") == null)
                        .map(Table::getName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(without).isEqualTo(new TreeSet<>(NOBODYS));
    }

    @ArchTest
    static final ArchRule tablesOfTeamsAreNotReachedOutsideATransactionOfATeam =
            noClasses()
                    .that(touchTablesOfTeams())
                    .and(resideOutsideOfPackages("dev.escale.control.db.."))
                    .should()
                    .callMethodWhere(opensNoTeam())
                    .because("a transaction without a team sees every team's rows on SQLite");

    @ArchTest
    static final ArchRule storesAreAskedWithATeam =
            codeUnits()
                    .that(touchATableOfTeams())
                    .and()
                    .areDeclaredInClassesThat()
                    .resideOutsideOfPackages("dev.escale.control.db..")
                    .and()
                    .areNotPrivate()
                    .should(takeATeam())
                    .because("a method that knows no team can only forget to ask for one");

    @ArchTest
    static final ArchRule storesCompareTheTeam =
            classes()
                    .that(touchTablesOfTeams())
                    .and()
                    .resideOutsideOfPackages("dev.escale.control.db..")
                    .and(openTransactions())
                    .should(compareTheTeam())
                    .because("SQLite has no second guard");

    @ArchTest
    static final ArchRule onlyTheDatabasePackageWritesSqlByHand =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.escale.control.db..")
                    .should()
                    .callMethodWhere(takesSqlText())
                    .because("texts are not checked, for columns or for teams");

    private static DescribedPredicate<JavaClass> touchTablesOfTeams() {
        return DescribedPredicate.describe(
                "touch tables of teams",
                each -> each.getFieldAccessesFromSelf().stream().anyMatch(access -> owned(access)));
    }

    private static DescribedPredicate<JavaCodeUnit> touchATableOfTeams() {
        return DescribedPredicate.describe(
                "touch a table of teams",
                each -> each.getFieldAccesses().stream().anyMatch(access -> owned(access)));
    }

    private static DescribedPredicate<JavaMethodCall> opensNoTeam() {
        return DescribedPredicate.describe(
                "opens a transaction of no team",
                call ->
                        call.getTargetOwner().isEquivalentTo(Database.class)
                                && Set.of("system", "systemRead").contains(call.getName()));
    }

    private static DescribedPredicate<JavaMethodCall> takesSqlText() {
        return DescribedPredicate.describe(
                "takes SQL as text",
                call ->
                        call.getTargetOwner().isAssignableTo(DSLContext.class)
                                && call.getName().matches("fetch.*|execute|query|resultQuery")
                                && !call.getTarget().getRawParameterTypes().isEmpty()
                                && call.getTarget()
                                        .getRawParameterTypes()
                                        .getFirst()
                                        .isEquivalentTo(String.class));
    }

    /**
     * A team, something that has one, the transaction of one, or a row of it; or it asks first
     * which team a secret belongs to.
     */
    private static ArchCondition<JavaCodeUnit> takeATeam() {
        return new ArchCondition<>("take a team") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean known =
                        unit.getName().equals("<clinit>")
                                || unit.getMethodCallsFromSelf().stream()
                                        .anyMatch(
                                                call ->
                                                        call.getTargetOwner()
                                                                .isEquivalentTo(TeamLookup.class))
                                || unit.getRawParameterTypes().stream()
                                        .anyMatch(TeamArchitectureTest::knowsATeam);
                events.add(
                        new SimpleConditionEvent(
                                unit, known, unit.getFullName() + " is not told a team"));
            }
        };
    }

    private static boolean knowsATeam(JavaClass type) {
        return type.isEquivalentTo(TeamId.class)
                || type.isEquivalentTo(DSLContext.class)
                || type.isAssignableTo(Record.class)
                || type.getMethods().stream()
                        .filter(
                                method ->
                                        !HasModifiers.Predicates.modifier(JavaModifier.STATIC)
                                                .test(method))
                        .anyMatch(
                                method ->
                                        method.getRawParameterTypes().isEmpty()
                                                && method.getRawReturnType()
                                                        .isEquivalentTo(TeamId.class));
    }

    /** Of one at least: what is joined to it by id is of the same team. */
    private static ArchCondition<JavaClass> compareTheTeam() {
        return new ArchCondition<>("compare the team") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<String> touched =
                        type.getFieldAccessesFromSelf().stream()
                                .filter(TeamArchitectureTest::owned)
                                .map(JavaAccess::getName)
                                .collect(Collectors.toCollection(TreeSet::new));
                boolean compared =
                        type.getFieldAccessesFromSelf().stream()
                                .filter(access -> access.getName().equals("TEAM"))
                                .map(access -> access.getTargetOwner().getSimpleName())
                                .map(TeamArchitectureTest::table)
                                .anyMatch(touched::contains);
                events.add(
                        new SimpleConditionEvent(
                                type,
                                compared,
                                type.getName() + " looks at the team of none of " + touched));
            }
        };
    }

    private static DescribedPredicate<JavaClass> openTransactions() {
        return DescribedPredicate.describe(
                "open transactions",
                each ->
                        each.getMethodCallsFromSelf().stream()
                                .anyMatch(
                                        call ->
                                                call.getTargetOwner()
                                                        .isEquivalentTo(Database.class)));
    }

    /** {@code AppEnv} is the class of {@code APP_ENV}. */
    private static String table(String type) {
        return type.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static boolean owned(JavaFieldAccess access) {
        return access.getTargetOwner().isEquivalentTo(Tables.class)
                && OWNED.contains(access.getName());
    }
}
