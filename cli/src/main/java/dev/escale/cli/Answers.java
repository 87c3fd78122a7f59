package dev.escale.cli;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of REST answers that tables show; whatever else an answer holds is passed over. */
final class Answers {
    private Answers() {}

    @Json
    record Me(
            @Nullable String name,
            @Nullable String language,
            @Nullable String theme,
            @Nullable String timeZone,
            @Nullable Team team,
            @Nullable List<Identity> identities) {
        String preferences() {
            return Words.say("account.preferences", text(language), text(theme), text(timeZone));
        }

        String teamName() {
            return team == null ? "" : team.name();
        }

        String teamSlug() {
            return team == null ? "" : team.slug();
        }
    }

    /**
     * @param where the provider, by name
     */
    @Json
    record Identity(String login, String where) {}

    @Json
    record Passkey(
            String id,
            String name,
            @Nullable String host,
            @Nullable Boolean opens,
            @Nullable String lastUsedAt) {
        /** With its host, when that is another one than the control plane's. */
        String shown() {
            return Boolean.FALSE.equals(opens) ? name + " (" + host + ")" : name;
        }
    }

    @Json
    record Session(
            String id,
            @Nullable String address,
            @Nullable String browser,
            @Nullable String lastUsedAt) {}

    @Json
    record Team(String slug, String name) {}

    /**
     * @param scope {@code team}, {@code server} or {@code app}
     */
    @Json
    record Grant(String roleName, String scope, @Nullable String targetName) {}

    @Json
    record Member(String person, String name, @Nullable List<Grant> grants) {}

    @Json
    record Invitation(
            String id,
            @Nullable String email,
            @Nullable List<Grant> grants,
            String state,
            @Nullable String expiresAt,
            @Nullable Mail mail) {}

    /**
     * @param link of one that failed
     */
    @Json
    record Mail(String state, @Nullable String error, @Nullable String link) {}

    /**
     * @param link null when it is on its way by mail
     */
    @Json
    record NewInvitation(@Nullable String link) {}

    @Json
    record Owner(String name) {}

    /**
     * @param state {@code removed}, or {@code removing} while servers are leaving
     */
    @Json
    record Ended(String state) {}

    /**
     * @param having {@code everywhere}, {@code somewhere} or {@code nowhere}
     */
    @Json
    record Right(String permission, String having, List<Role> roles, List<String> givers) {}

    @Json
    record NewLink(String link) {}

    @Json
    record Role(String name, List<String> permissions) {}

    @Json
    record Server(
            String id,
            String name,
            @Nullable String state,
            @Nullable String address,
            @Nullable String agentVersion,
            @Nullable String lastSeenAt,
            @Nullable String installCommand,
            @Nullable String registrationToken) {}

    @Json
    record App(
            String id,
            @Nullable String name,
            String slug,
            @Nullable String state,
            @Nullable String url,
            @Nullable String server,
            @Nullable String branch,
            @Nullable String gitUrl) {}

    @Json
    record Deployment(
            String id,
            long number,
            String status,
            boolean current,
            @Nullable String commit,
            @Nullable String subject,
            @Nullable String trigger,
            @Nullable String url,
            @Nullable String queuedAt,
            @Nullable String reason,
            @Nullable String reasonCode,
            @Nullable List<Finding> findings,
            @Nullable List<Step> steps) {

        boolean over() {
            return !status.equals("queued") && !status.equals("running");
        }

        /** Nothing happens until its server is back, which nobody knows. */
        boolean waitsForServer() {
            return "deployment.waitsForServer".equals(reasonCode);
        }
    }

    /**
     * @param what {@code warning}, or what was found
     */
    @Json
    record Finding(String what, @Nullable String text) {}

    @Json
    record Step(String step, String state, @Nullable Double seconds, @Nullable String text) {}

    @Json
    record Variable(@Nullable String value, boolean secret) {}

    @Json
    record Token(
            String id,
            @Nullable String name,
            @Nullable String token,
            @Nullable String createdAt,
            @Nullable String lastUsedAt,
            @Nullable String expiresAt) {}

    @Json
    record Entry(
            long seq,
            String at,
            String phase,
            String action,
            @Nullable String outcome,
            @Nullable Party actor,
            @Nullable Party target) {}

    @Json
    record Party(@Nullable String type, @Nullable String id, @Nullable String name) {
        static String name(@Nullable Party party) {
            return party == null ? "" : text(party.name() != null ? party.name() : party.id());
        }
    }

    @Json
    record Planned(String planId, @Nullable Plan plan, @Nullable String expiresAt) {}

    /** The four rows of every plan. */
    @Json
    record Plan(
            @Nullable List<Item> changes,
            @Nullable List<Item> restarts,
            @Nullable List<Item> lost,
            @Nullable List<Item> wayBack) {}

    @Json
    record Item(@Nullable String symbol, @Nullable String text) {}

    @Json
    record Environment(Map<String, Variable> variables) {}

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
