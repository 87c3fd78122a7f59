package dev.escale.control.operation;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which permission it takes to read something, for every door that shows things: REST, pages and
 * what pages follow live. What is not listed takes one that nobody has who has not all.
 */
public final class Reads {
    public static final String APPS = "app.read";
    public static final String SERVERS = "server.read";
    public static final String AUDIT = "audit.read";

    /** Values of variables; those of secrets are never shown. */
    public static final String ENVIRONMENT = "env.read";

    static final Set<String> ALL = Set.of(APPS, SERVERS, AUDIT, ENVIRONMENT);
    static final String UNLISTED = "unlisted.read";

    /** What the whole team may know, and a person's own things: see {@link #checkOwn}. */
    private static final String NONE = "";

    private static final String REST = "/api/v1/";

    private static final Map<String, String> BY_WORD =
            Map.ofEntries(
                    Map.entry("app", APPS),
                    Map.entry("apps", APPS),
                    Map.entry("deployment", APPS),
                    Map.entry("deployments", APPS),
                    Map.entry("server", SERVERS),
                    Map.entry("servers", SERVERS),
                    Map.entry("audit", AUDIT),
                    Map.entry("activity", AUDIT),
                    Map.entry("account", NONE),
                    Map.entry("me", NONE),
                    Map.entry("passkeys", NONE),
                    Map.entry("plans", NONE),
                    Map.entry("sessions", NONE),
                    Map.entry("team", NONE),
                    Map.entry("teams", NONE),
                    Map.entry("tokens", NONE),
                    Map.entry("openapi.json", NONE));

    private Reads() {}

    /**
     * @param path of a REST resource or a team's page
     * @throws ProblemException 403 {@code permission.missing}
     */
    public static void checkPath(Actor actor, String path) {
        check(actor, ofPath(path));
    }

    /**
     * @param name of a part that a page follows, such as {@code deployment.steps}
     */
    public static boolean mayFollow(Actor actor, String name) {
        return ofWord(name.split("\\.", 2)[0]).map(each -> may(actor, each)).orElse(true);
    }

    /**
     * @return empty when it takes none
     */
    static Optional<String> ofPath(String path) {
        if (path.startsWith(REST)) {
            return ofWord(path.substring(REST.length()).split("/", 2)[0]);
        }
        String[] words = path.split("/");
        return words.length < 3 ? Optional.empty() : ofWord(words[2]);
    }

    private static Optional<String> ofWord(String word) {
        String permission = BY_WORD.getOrDefault(word, UNLISTED);
        return permission.equals(NONE) ? Optional.empty() : Optional.of(permission);
    }

    /** The record tells of everything, so that a part of the team is not enough to read it. */
    private static boolean may(Actor actor, String permission) {
        return permission.equals(AUDIT)
                ? actor.grants().everywhere(permission)
                : actor.may(permission);
    }

    /**
     * The record tells of everything.
     *
     * @throws ProblemException 403 {@code permission.missing}
     */
    public static void checkRecord(Actor actor) {
        check(actor, Optional.of(AUDIT));
    }

    /**
     * A person reads their own things without a permission; a token that was narrowed reads those
     * alone that it may change.
     *
     * @param kind as the permissions to change them begin: {@code session}
     * @throws ProblemException 403 {@code permission.missing}
     */
    public static void checkOwn(Actor actor, String kind) {
        if (!mayOwn(actor, kind)) {
            String missing = toChangeOwn(kind).min(Comparator.naturalOrder()).orElseThrow();
            throw ProblemException.of(403, "permission.missing", "permission", missing);
        }
    }

    /** As {@link #checkOwn}. */
    public static boolean mayOwn(Actor actor, String kind) {
        return toChangeOwn(kind).anyMatch(actor.grants()::leaves);
    }

    private static Stream<String> toChangeOwn(String kind) {
        return Permissions.OWN.stream().filter(each -> each.startsWith(kind + "."));
    }

    /**
     * Before a form is shown that only somebody with the permission can send.
     *
     * @throws ProblemException 403 {@code permission.missing}
     */
    public static void checkOffer(Actor actor, String permission) {
        if (!actor.may(permission)) {
            throw ProblemException.of(403, "permission.missing", "permission", permission);
        }
    }

    /**
     * @throws ProblemException 403 {@code permission.missingHere}
     */
    public static void check(Actor actor, String permission, Target target) {
        if (!actor.may(permission, target)) {
            throw ProblemException.of(
                    403, "permission.missingHere", "permission", permission, "name", target.name());
        }
    }

    private static void check(Actor actor, Optional<String> permission) {
        if (permission.isPresent() && !may(actor, permission.get())) {
            throw ProblemException.of(403, "permission.missing", "permission", permission.get());
        }
    }
}
