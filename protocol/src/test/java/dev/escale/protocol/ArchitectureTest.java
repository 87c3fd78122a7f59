package dev.escale.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What both ends may be told by what they share. */
@AnalyzeClasses(
        packages = "dev.escale.protocol",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsOnlyWhatItMustKnow =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "dev.escale.protocol..",
                            "io.avaje..",
                            "com.google.re2j..",
                            "org.jspecify..")
                    .because("both ends carry it, and one of them has 50 MB");

    @ArchTest
    static final ArchRule doesNothing =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql..")
                    .because("it says what is sent, not how");
}
