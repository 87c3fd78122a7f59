package dev.escale.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.TrustManager;

/** Who may know whom in the agent, and what it must never do. */
@AnalyzeClasses(packages = "dev.escale.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.escale.agent.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("somebody who changes one part should be able to read it alone");

    @ArchTest
    static final ArchRule knowsOnlyWhatItMustKnow =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "javax.net.ssl..",
                            "javax.crypto..",
                            "dev.escale.agent..",
                            "dev.escale.protocol..",
                            "io.avaje..",
                            "com.neovisionaries.ws..",
                            "org.snakeyaml.engine..",
                            "org.jspecify..")
                    .because(
                            "a server has 50 MB for it: no framework, and of the JDK java.base"
                                    + " alone");

    @ArchTest
    static final ArchRule programsAreStartedInOnePlace =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.escale.agent.host..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ProcessBuilder.class, Process.class)
                    .because("limits, users and groups of what is started are kept there");

    @ArchTest
    static final ArchRule listensOnNothing =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ServerSocket.class, ServerSocketChannel.class)
                    .because("it only dials out");

    @ArchTest
    static final ArchRule believesNobodyByItself =
            noClasses()
                    .that()
                    .haveNameNotMatching("dev\\.escale\\.agent\\.link\\.ShownChain(\\$.*)?")
                    .should()
                    .implement(TrustManager.class)
                    .orShould()
                    .implement(HostnameVerifier.class)
                    .because(
                            "certificates are verified by the JDK, against pinned roots; who looks"
                                    + " at a chain first refuses it");

    @ArchTest
    static final ArchRule workKnowsNothingOfWhoAskedForIt =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.escale.agent.host..",
                            "dev.escale.agent.pm2..",
                            "dev.escale.agent.nginx..",
                            "dev.escale.agent.release..",
                            "dev.escale.agent.build..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.escale.agent.link..", "dev.escale.agent.command..")
                    .because("what serves must go on while there is no link");
}
