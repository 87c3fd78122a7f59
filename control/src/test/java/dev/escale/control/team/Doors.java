package dev.escale.control.team;

import dev.escale.control.RunningControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route and page of teams that the control plane has, with what is sent to it. */
final class Doors {
    /** Say the same to everybody. */
    private static final Set<String> EVERYBODYS =
            Set.of(
                    "/api/v1/openapi.json",
                    "/api/v1/teams/{team}/permissions",
                    "/api/v1/teams/{team}/permissions/{id}");

    private static final String GRANT = "{\"grants\":[{\"role\":\"viewer\"}]}";
    private static final String GRANT_OF =
            "{\"grants\":[{\"role\":\"viewer\",\"scope\":\"%s\",\"target\":\"%s\"}]}";
    private static final String APP =
            "{\"name\":\"One more\",\"server\":\"%s\",\"source\":{\"type\":\"escale\"}}";

    /** What is sent where; with {@code <app>} for an app, and so on. */
    private static final Map<String, List<String>> BODIES =
            Map.ofEntries(
                    body("PATCH /api/v1/me", "{\"theme\":\"dark\"}"),
                    body("PATCH /api/v1/passkeys/{id}", "{\"name\":\"Renamed\"}"),
                    body("POST /api/v1/teams", "{\"name\":\"Third\"}"),
                    body("PATCH /api/v1/teams/{team}", "{\"name\":\"Strangers\"}"),
                    body("PUT /api/v1/teams/{team}/owner", "{\"person\":\"<members>\"}"),
                    body("PATCH /api/v1/teams/{team}/members/{person}", GRANT, grants()),
                    body("POST /api/v1/teams/{team}/members/{person}/sign-in-links", "{}"),
                    body("POST /api/v1/teams/{team}/invitations", GRANT, grants()),
                    body("POST /api/v1/teams/{team}/invitations/{id}/send", "{}"),
                    body(
                            "POST /api/v1/teams/{team}/roles",
                            "{\"name\":\"R\",\"permissions\":[\"app.read\"]}"),
                    body("PATCH /api/v1/teams/{team}/roles/{id}", "{\"name\":\"Renamed\"}"),
                    body(
                            "POST /api/v1/tokens",
                            "{\"name\":\"t\",\"places\":[{\"scope\":\"app\",\"target\":\"<apps>\"}]}",
                            "{\"name\":\"t\",\"places\":[{\"scope\":\"server\",\"target\":\"<servers>\"}]}"),
                    body("POST /api/v1/servers", "{\"name\":\"one-more\"}"),
                    body("PATCH /api/v1/servers/{id}", "{\"name\":\"renamed\"}"),
                    body("POST /api/v1/servers/{id}/registration-tokens", "{}"),
                    body("POST /api/v1/signing-keys", "{}"),
                    body("POST /api/v1/apps", APP.formatted("<servers>")),
                    body("PATCH /api/v1/apps/{app}", "{\"branch\":\"next\"}"),
                    body("PATCH /api/v1/apps/{app}/env", "{\"set\":{\"A\":{\"value\":\"1\"}}}"),
                    body("POST /api/v1/apps/{app}/actions", "{\"action\":\"restart\"}"),
                    body("POST /api/v1/apps/{app}/deployments", "{\"force\":true}"),
                    body(
                            "POST /api/v1/apps/{app}/rollback",
                            "{\"release\":1,\"configuration\":\"now\"}"),
                    body("POST /api/v1/deployments/{id}/cancel", "{}"),
                    body("POST /api/v1/plans/{id}/apply", "{}"),
                    body("DELETE /api/v1/sessions", "", "?kept=<sessions>"),
                    body("GET /{team}/apps/new", "", "?server=<servers>"),
                    body("GET /{team}/team/transfer", "?person=<members>"),
                    body("GET /{team}/apps/{app}/environment", "", "?deployment=<deployments>"),
                    body("POST /{team}/account", "name=Stranger&language=en&theme=dark"),
                    body("POST /{team}/account/identities/{id}/unlink", ""),
                    body("POST /{team}/account/identities/{provider:github|gitlab}/link", ""),
                    body("POST /{team}/account/passkeys", "name=x&credential={}"),
                    body("POST /{team}/account/passkeys/options", ""),
                    body("POST /{team}/account/passkeys/{id}/name", "name=Renamed"),
                    body("POST /{team}/account/passkeys/{id}/remove", "", "plan=<plans>&name=x"),
                    body("POST /{team}/account/sessions/{id}/revoke", ""),
                    body("POST /{team}/account/sessions/revoke", ""),
                    body("POST /{team}/account/tokens", "name=t&days=1&place=app:<apps>"),
                    body("POST /{team}/account/tokens/{id}/revoke", ""),
                    body(
                            "POST /{team}/apps",
                            "name=One&server=<servers>&source=escale",
                            "name=One&server=<servers>&source=git&url=https://git.example.com/x.git"),
                    body("POST /{team}/apps/{app}/deploy", ""),
                    body("POST /{team}/apps/{app}/deployments/{id}/again", ""),
                    body("POST /{team}/apps/{app}/deployments/{id}/cancel", ""),
                    body("POST /{team}/apps/{app}/environment", "name=A&value=1&secret=true"),
                    body("POST /{team}/apps/{app}/environment/unset", "name=VICTIM_VARIABLE"),
                    body(
                            "POST /{team}/apps/{app}/remove",
                            "plan=<plans>&name=Victim app",
                            "plan=<plans>&name=Own app"),
                    body("POST /{team}/apps/{app}/restart", ""),
                    body("POST /{team}/apps/{app}/rollback", "", "release=1&then=true"),
                    body("POST /{team}/apps/{app}/settings", "branch=next"),
                    body("POST /{team}/apps/{app}/start", ""),
                    body("POST /{team}/apps/{app}/stop", ""),
                    body("POST /{team}/servers", "name=one-more-of-ours"),
                    body("POST /{team}/servers/{id}/remove", "plan=<plans>&name=victim-server"),
                    body("POST /{team}/servers/{id}/settings", "name=renamed"),
                    body("POST /{team}/servers/{id}/token", ""),
                    body(
                            "POST /{team}/team/invitations",
                            "role=viewer",
                            "role=<roles>",
                            "role=viewer&place=app:<apps>",
                            "role=viewer&place=server:<servers>"),
                    body("POST /{team}/team/invitations/{id}/revoke", ""),
                    body("POST /{team}/team/invitations/{id}/send", ""),
                    body("POST /{team}/team/leave", "plan=<plans>&name=Strangers"),
                    body(
                            "POST /{team}/team/members/{person}",
                            "role=viewer",
                            "role=<roles>&place=team"),
                    body("POST /{team}/team/members/{person}/recover", ""),
                    body("POST /{team}/team/members/{person}/remove", "plan=<plans>&name=Owner"),
                    body("POST /{team}/team/remove", "plan=<plans>&name=Strangers"),
                    body("POST /{team}/team/roles", "name=Own&permission=app.read"),
                    body("POST /{team}/team/roles/{id}", "name=Renamed&permission=app.read"),
                    body("POST /{team}/team/roles/{id}/remove", ""),
                    body("POST /{team}/team/settings", "name=Strangers"),
                    body("POST /{team}/team/transfer", "plan=<plans>&person=<members>&name=Owner"),
                    body("POST /{team}/teams", "name=Fourth"));

    private Doors() {}

    /**
     * @param query text after the path that is asked for, or the body that is sent there
     */
    record Door(RequestMethod method, String pattern, String query) {
        boolean isPage() {
            return !pattern.startsWith("/api/");
        }

        boolean looks() {
            return method == RequestMethod.GET;
        }

        @Override
        public String toString() {
            return method + " " + pattern + " " + query;
        }
    }

    static List<Door> of(RunningControl control) {
        List<Door> doors = new ArrayList<>();
        for (var entry :
                control.bean(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet()) {
            for (String pattern : entry.getKey().getPatternValues()) {
                boolean teams = pattern.startsWith("/{team") || pattern.startsWith("/api/v1/");
                if (teams && !EVERYBODYS.contains(pattern)) {
                    for (var method : entry.getKey().getMethodsCondition().getMethods()) {
                        doors.addAll(doors(method, pattern));
                    }
                }
            }
        }
        return doors;
    }

    private static List<Door> doors(RequestMethod method, String pattern) {
        List<String> sent = BODIES.get(method + " " + pattern);
        if (sent == null && (method == RequestMethod.GET || method == RequestMethod.DELETE)) {
            sent = List.of("");
        }
        if (sent == null) {
            throw new AssertionError("nothing valid is known to send: " + method + " " + pattern);
        }
        String written = pattern.replaceFirst("\\{provider:[^}]*}", "github");
        return sent.stream().map(each -> new Door(method, written, each)).toList();
    }

    private static String[] grants() {
        return new String[] {
            "{\"grants\":[{\"role\":\"<roles>\"}]}",
            GRANT_OF.formatted("app", "<apps>"),
            GRANT_OF.formatted("server", "<servers>")
        };
    }

    private static Map.Entry<String, List<String>> body(String door, String... sent) {
        return Map.entry(door, List.of(sent));
    }

    private static Map.Entry<String, List<String>> body(
            String door, String first, String[] others) {
        List<String> sent = new ArrayList<>(List.of(others));
        sent.addFirst(first);
        return Map.entry(door, List.copyOf(sent));
    }
}
