package dev.escale.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.TrustManager;

/** What the command line may know. */
@AnalyzeClasses(packages = "dev.escale.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule reachesTheControlPlaneByItsPublicDoorOnly =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.escale.control..",
                            "dev.escale.agent..",
                            "dev.escale.protocol..",
                            "org.springframework..")
                    .because("what it can do, anybody's script can do over REST");

    @ArchTest
    static final ArchRule commandsStartNoProgram =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.escale.cli.demo..")
                    .and()
                    .doNotHaveSimpleName("GitConfig")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ProcessBuilder.class, Process.class)
                    .because("a client asks; only a demo runs an Escale, and login asks git");

    @ArchTest
    static final ArchRule trustIsDecidedInOnePlace =
            noClasses()
                    .that()
                    .haveNameNotMatching("dev\\.escale\\.cli\\.Authorities(\\$.*)?")
                    .should()
                    .implement(TrustManager.class)
                    .orShould()
                    .implement(HostnameVerifier.class)
                    .because("the one that looks at a chain before it is trusted refuses it");
}
