package dev.escale.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom in the control plane. */
@AnalyzeClasses(
        packages = "dev.escale.control",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SCHEMA = "dev.escale.control.db.schema..";

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.escale.control.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("somebody who changes one feature should be able to read it alone");

    @ArchTest
    static final ArchRule onlyTheDatabasePackageKnowsJdbc =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.escale.control.db..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.sql..")
                    .because("transactions open in one place, which tells the database the team");

    @ArchTest
    static final ArchRule theControlPlaneStartsNoProgram =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ProcessBuilder.class, Process.class)
                    .because("servers are driven by their agents, with a closed list of orders");

    @ArchTest
    static final ArchRule mechanicsKnowNoFeature =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.escale.control.db..",
                            "dev.escale.control.operation..",
                            "dev.escale.control.event..",
                            "dev.escale.control.secret..",
                            "dev.escale.control.authority..",
                            "dev.escale.control.language..",
                            "dev.escale.control.agentlink..",
                            "dev.escale.control.api..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.escale.control.account..",
                            "dev.escale.control.team..",
                            "dev.escale.control.server..",
                            "dev.escale.control.app..",
                            "dev.escale.control.deployment..",
                            "dev.escale.control.source..")
                    .because("they serve features that are not written yet");

    @ArchTest
    static final ArchRule modelsKnowNoFramework =
            noClasses()
                    .that()
                    .areRecords()
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework.web..", "org.springframework.boot..")
                    .because("annotations stand at the edges: controllers and configuration");

    @ArchTest
    static final ArchRule onlySqlOfAFeatureReachesItsTables =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("Api")
                    .or()
                    .haveSimpleNameEndingWith("Pages")
                    .or()
                    .haveSimpleNameEndingWith("Operations")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SCHEMA)
                    .because("doors and rules ask the feature's store");

    @ArchTest
    static final ArchRule configurationsStayInsideTheirFeature =
            classes()
                    .that()
                    .haveSimpleNameEndingWith("Configuration")
                    .should()
                    .bePackagePrivate()
                    .because("features are wired by what they offer, not by how they are made");

    @Test
    void eachPackageSaysInASentenceWhatItIsFor() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.escale.control");

        List<String> silent =
                classes.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(of -> !of.getName().startsWith("dev.escale.control.db.schema"))
                        .filter(of -> !of.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .toList();

        assertThat(silent).isEmpty();
    }
}
