package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.RunningControl;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class ReadGuardTest {
    private static final Set<String> EVERY_READ = Set.of("app.read", "server.read", "audit.read");

    @ParameterizedTest
    @CsvSource({
        "/api/v1/apps, app.read",
        "/api/v1/apps/shop/env, app.read",
        "/api/v1/deployments/dep_1/log, app.read",
        "/home/apps/shop, app.read",
        "/api/v1/servers/srv_1/metrics, server.read",
        "/home/servers, server.read",
        "/api/v1/audit, audit.read",
        "/home/activity, audit.read",
        "/login-desk/activity, audit.read",
        "/agents/servers, server.read",
    })
    void readingTakesThePermissionForWhatIsRead(String path, String permission) {
        assertThat(reads(path, Set.of(permission))).isTrue();
        Set<String> others = new java.util.HashSet<>(EVERY_READ);
        others.remove(permission);
        assertThatThrownBy(() -> reads(path, others))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem().facts())
                                        .containsEntry("permission", permission));
    }

    @Test
    void onesOwnThingsTakeNone() {
        for (String path : List.of("/api/v1/me", "/api/v1/tokens", "/home/account", "/home")) {
            assertThat(reads(path, Set.of())).as(path).isTrue();
        }
    }

    @Test
    void nobodyReadsWhatIsNotListed() {
        assertThatThrownBy(() -> reads("/api/v1/something", EVERY_READ))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void pagesFollowOnlyWhatTheirReaderMayRead() {
        assertThat(Reads.mayFollow(actor(Set.of("app.read")), "deployment.steps")).isTrue();
        assertThat(Reads.mayFollow(actor(Set.of("server.read")), "app.output")).isFalse();
        assertThat(Reads.mayFollow(actor(Set.of("app.read")), "server.list")).isFalse();
        assertThat(Reads.mayFollow(actor(EVERY_READ), "something.else")).isFalse();
    }

    @Test
    void everyWayToReadIsListed() {
        try (var control = RunningControl.start(TestDatabase.Kind.SQLITE)) {
            var mappings =
                    control.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet();
            List<String> paths =
                    mappings.stream()
                            .filter(
                                    each ->
                                            each.getMethodsCondition()
                                                    .getMethods()
                                                    .contains(RequestMethod.GET))
                            .flatMap(each -> each.getPatternValues().stream())
                            .filter(
                                    path ->
                                            path.startsWith("/api/v1/")
                                                    || path.startsWith("/{team}/"))
                            .toList();

            assertThat(paths).hasSizeGreaterThan(20);
            assertThat(paths).allSatisfy(path -> assertThat(reads(path, EVERY_READ)).isTrue());
        }
    }

    private static boolean reads(String path, Set<String> permissions) {
        var guard = new ReadGuard(request -> Optional.of(actor(permissions)));
        var request = new MockHttpServletRequest("GET", path);
        return guard.preHandle(request, new MockHttpServletResponse(), new Object());
    }

    private static Actor actor(Set<String> permissions) {
        return new Actor(
                ActorType.PERSON,
                "usr_1",
                "Ann",
                new TeamId("tm_1"),
                Grants.of(permissions.toArray(String[]::new)),
                Origin.SYSTEM,
                Locale.ENGLISH);
    }
}
