package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MovedClock;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.provider.FakeProvider;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * How often strangers may knock, at every door that is open to them. What counts them is no
 * database.
 */
class PublicLimitsTest {
    private static final int ENOUGH = 300;

    /** Files and words that lie in memory, and a door that has a limit of its own. */
    private static final Set<String> CHEAP =
            Set.of(
                    "GET /assets/{hash}/{*path}",
                    "GET /favicon.ico",
                    "GET /login",
                    "GET /healthz",
                    "GET /readyz",
                    "GET /metrics",
                    "GET /api/v1/openapi.json",
                    "POST /agent/v1/register");

    private static FakeProvider provider;
    private static RunningControl control;

    private record Door(RequestMethod method, String pattern) {
        @Override
        public String toString() {
            return method + " " + pattern;
        }

        String path() {
            return pattern.replaceAll("\\{provider:[^}]*\\}", "github")
                    .replaceAll("\\{(?:[^{}]|\\{[^}]*\\})*\\}", "x");
        }
    }

    @BeforeAll
    static void start() {
        provider = FakeProvider.start();
        control =
                RunningControl.start(
                        TestDatabase.Kind.SQLITE, provider.settings(false), new MovedClock());
    }

    @AfterAll
    static void stop() {
        control.close();
        provider.close();
    }

    @Test
    void everyCostlyDoorThatIsOpenToStrangersMakesThemWait() {
        List<String> tried = new ArrayList<>();
        List<String> unbounded = new ArrayList<>();
        for (Door door : doors()) {
            var stranger = new TestBrowser(control);
            Answer first = knock(stranger, door);
            if (CHEAP.contains(door.toString()) || isGuarded(door, first)) {
                continue;
            }
            tried.add(door.toString());
            Answer last = first;
            for (int i = 0; i < ENOUGH && last.status() != 429; i++) {
                last = knock(stranger, door);
            }
            if (last.status() != 429 || last.header("Retry-After").isEmpty()) {
                unbounded.add(door + " is " + last.status());
            }
        }

        assertThat(unbounded).isEmpty();
        assertThat(tried)
                .contains(
                        "POST /login",
                        "GET /login/{token}",
                        "POST /login/passkey",
                        "POST /login/passkey/options",
                        "POST /login/{provider:github|gitlab}",
                        "GET /login/{provider:github|gitlab}/callback",
                        "GET /invitations/{text}",
                        "POST /invitations/{text}",
                        "POST /invitations/{text}/{provider:github|gitlab}",
                        "GET /install.sh");
        assertThat(new TreeSet<>(doors().stream().map(Door::toString).toList()))
                .as("what is called cheap is there")
                .containsAll(CHEAP);
    }

    @Test
    void allAddressesOfOneNetworkOfVersionSixAreOneStranger() {
        Answer within = last(n -> "2001:db8:1:2:" + Integer.toHexString(n) + "::1");
        Answer outside = login("2001:db8:1:3::1");

        assertThat(within.status()).isEqualTo(429);
        assertThat(outside.status()).isNotEqualTo(429);
    }

    @Test
    void guessingTokensFromManyAddressesOfOneNetworkWaitsToo() {
        Answer last = null;
        for (int n = 0; n < 70; n++) {
            last =
                    control.send(
                            control.request("/api/v1/me")
                                    .header("X-Forwarded-For", "2001:db8:7::" + n)
                                    .header("Authorization", "Bearer esc_nonsense"));
        }

        assertThat(last.status()).isEqualTo(429);
    }

    @Test
    void everyAddressOfVersionFourIsOneStranger() {
        assertThat(last(n -> "203.0.113." + n).status()).isNotEqualTo(429);
    }

    private static Answer last(IntFunction<String> address) {
        Answer last = login(address.apply(0));
        for (int n = 1; n <= RateGuard.ENTRIES_PER_MINUTE; n++) {
            last = login(address.apply(n));
        }
        return last;
    }

    private static Answer login(String address) {
        return control.send(control.request("/login/nonsense").header("X-Forwarded-For", address));
    }

    private static Answer knock(TestBrowser stranger, Door door) {
        if (door.method() == RequestMethod.GET) {
            return stranger.get(door.path());
        }
        if (door.pattern().startsWith("/api/") || door.pattern().startsWith("/agent/")) {
            HttpRequest.Builder request =
                    control.request(door.path())
                            .header("Content-Type", "application/json")
                            .method(door.method().name(), BodyPublishers.ofString("{}"));
            return control.send(request);
        }
        return stranger.post(door.path(), "token", "x", "name", "x");
    }

    /** Answered before anything is looked at: sign in first. */
    private static boolean isGuarded(Door door, Answer answer) {
        boolean door303 =
                answer.status() == 303
                        && answer.header("Location").matches("/login(\\?next=.*)?")
                        && !door.pattern().matches("/(login|invitations)(/.*)?");
        return answer.status() == 401 || door303;
    }

    private static List<Door> doors() {
        List<Door> doors = new ArrayList<>();
        control.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(
                        mapping ->
                                mapping.getPatternValues()
                                        .forEach(
                                                pattern ->
                                                        mapping.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                doors.add(
                                                                                        new Door(
                                                                                                method,
                                                                                                pattern)))));
        return doors;
    }
}
