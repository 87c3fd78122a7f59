package dev.escale.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "teams",
        mixinStandardHelpOptions = true,
        subcommands = {
            TeamsCommand.ListMembers.class,
            TeamsCommand.Grant.class,
            TeamsCommand.Remove.class,
            TeamsCommand.Invite.class,
            TeamsCommand.Invitations.class,
            TeamsCommand.Send.class,
            TeamsCommand.Revoke.class,
            TeamsCommand.Roles.class,
            TeamsWhyCommand.class,
            TeamsEndCommands.Transfer.class,
            TeamsEndCommands.Delete.class,
            RecoverCommand.class
        })
final class TeamsCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Override
    public void run() {
        output.print(
                ControlPlane.current().get("teams"),
                body ->
                        Output.table(
                                List.of(Words.say("column.name"), Words.say("column.slug")),
                                ControlPlane.items(Answers.Team.class, body).stream()
                                        .map(team -> List.of(team.name(), team.slug()))
                                        .toList()));
    }

    /** Path of something of the team that the token is for. */
    static String own(ControlPlane control, String rest) {
        return path(ControlPlane.read(Answers.Me.class, control.get("me"))) + "/" + rest;
    }

    static String path(Answers.Me me) {
        return "teams/" + ControlPlane.part(me.teamSlug());
    }

    private static String roles(@Nullable List<Answers.Grant> grants) {
        return grants == null
                ? ""
                : grants.stream()
                        .map(
                                grant ->
                                        grant.scope().equals("team")
                                                ? grant.roleName()
                                                : Words.say(
                                                        "teams.on",
                                                        grant.roleName(),
                                                        Answers.text(grant.targetName())))
                        .collect(Collectors.joining(", "));
    }

    /** The one role that a command line gives. */
    static final class Role {
        @Option(names = "--role", required = true, descriptionKey = "teams.role")
        private String role = "";

        @Option(names = "--app", descriptionKey = "teams.app")
        private @Nullable String app;

        @Option(names = "--server", descriptionKey = "teams.server")
        private @Nullable String server;

        List<Map<String, String>> grants() {
            Map<String, String> grant = new HashMap<>();
            grant.put("role", role);
            if (app != null) {
                grant.put("scope", "app");
                grant.put("target", app);
            } else if (server != null) {
                grant.put("scope", "server");
                grant.put("target", server);
            }
            return List.of(grant);
        }
    }

    @Command(name = "members", mixinStandardHelpOptions = true)
    static final class ListMembers implements Runnable {
        @Mixin private Output output = new Output();

        @Override
        public void run() {
            var control = ControlPlane.current();
            output.print(
                    control.get(own(control, "members")),
                    body ->
                            Output.table(
                                    List.of(
                                            Words.say("column.name"),
                                            Words.say("column.roles"),
                                            Words.say("column.id")),
                                    ControlPlane.items(Answers.Member.class, body).stream()
                                            .map(
                                                    member ->
                                                            List.of(
                                                                    member.name(),
                                                                    roles(member.grants()),
                                                                    member.person()))
                                            .toList()));
        }
    }

    @Command(name = "grant", mixinStandardHelpOptions = true)
    static final class Grant implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private DryRun dryRun = new DryRun();
        @Mixin private Role role = new Role();

        @Parameters(paramLabel = "MEMBER", descriptionKey = "teams.member")
        private String member = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = own(control, "members/" + ControlPlane.part(member));
            Map<String, Object> body = Map.of("grants", role.grants());
            if (!dryRun.shown(control, "PATCH", path, body, output)) {
                output.print(
                        control.send("PATCH", path, body),
                        answer -> {
                            var changed = ControlPlane.read(Answers.Member.class, answer);
                            return List.of(
                                    Words.say(
                                            "teams.granted",
                                            changed.name(),
                                            roles(changed.grants())));
                        });
            }
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private Confirmation confirmation = new Confirmation();

        @Parameters(paramLabel = "MEMBER", descriptionKey = "teams.member")
        private String member = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            confirmation.delete(
                    control, own(control, "members/" + ControlPlane.part(member)), member, output);
        }
    }

    @Command(name = "invite", mixinStandardHelpOptions = true)
    static final class Invite implements Runnable {
        @Mixin private Output output = new Output();
        @Mixin private DryRun dryRun = new DryRun();
        @Mixin private Role role = new Role();

        @Option(names = "--email", descriptionKey = "teams.email")
        private @Nullable String email;

        @Option(names = "--language", descriptionKey = "teams.language")
        private @Nullable String language;

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = own(control, "invitations");
            Map<String, Object> body = new HashMap<>();
            body.put("grants", role.grants());
            if (email != null) {
                body.put("email", email);
            }
            if (language != null) {
                body.put("language", language);
            }
            if (!dryRun.shown(control, "POST", path, body, output)) {
                output.print(
                        control.send("POST", path, body),
                        answer ->
                                made(
                                        ControlPlane.read(Answers.NewInvitation.class, answer)
                                                .link()));
            }
        }
    }

    /** The link, unless a mail has it. */
    private static List<String> made(@Nullable String link) {
        return link == null
                ? List.of(Words.say("teams.mailed"))
                : List.of(Words.say("teams.invited"), link);
    }

    @Command(name = "invitations", mixinStandardHelpOptions = true)
    static final class Invitations implements Runnable {
        @Mixin private Output output = new Output();

        @Override
        public void run() {
            var control = ControlPlane.current();
            output.print(
                    control.get(own(control, "invitations")),
                    body ->
                            Output.table(
                                    List.of(
                                            Words.say("column.email"),
                                            Words.say("column.roles"),
                                            Words.say("column.state"),
                                            Words.say("column.mail"),
                                            Words.say("column.expires"),
                                            Words.say("column.id")),
                                    ControlPlane.items(Answers.Invitation.class, body).stream()
                                            .map(
                                                    each ->
                                                            List.of(
                                                                    Answers.text(each.email()),
                                                                    roles(each.grants()),
                                                                    Words.say(
                                                                            "invitation.state."
                                                                                    + each.state()),
                                                                    mail(each.mail()),
                                                                    When.text(each.expiresAt()),
                                                                    each.id()))
                                            .toList()));
        }
    }

    private static String mail(Answers.@Nullable Mail mail) {
        if (mail == null) {
            return "";
        }
        String said = Words.say("mail.state." + mail.state());
        String error = mail.error() == null ? said : said + ": " + mail.error();
        return mail.link() == null ? error : error + " " + mail.link();
    }

    @Command(name = "send", mixinStandardHelpOptions = true)
    static final class Send implements Runnable {
        @Mixin private Output output = new Output();

        @Parameters(paramLabel = "ID", descriptionKey = "teams.invitation")
        private String id = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            String path = own(control, "invitations/" + ControlPlane.part(id) + "/send");
            output.print(
                    control.send("POST", path, Map.of()),
                    body -> List.of(Words.say("teams.mailed")));
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true)
    static final class Revoke implements Runnable {
        @Mixin private Output output = new Output();

        @Parameters(paramLabel = "ID", descriptionKey = "teams.invitation")
        private String id = "";

        @Override
        public void run() {
            var control = ControlPlane.current();
            output.print(
                    control.send(
                            "DELETE", own(control, "invitations/" + ControlPlane.part(id)), null),
                    body -> List.of(Words.say("tokens.revoked", id)));
        }
    }

    @Command(name = "roles", mixinStandardHelpOptions = true)
    static final class Roles implements Runnable {
        @Mixin private Output output = new Output();

        @Override
        public void run() {
            var control = ControlPlane.current();
            output.print(
                    control.get(own(control, "roles")),
                    body ->
                            Output.table(
                                    List.of(
                                            Words.say("column.name"),
                                            Words.say("column.permissions")),
                                    ControlPlane.items(Answers.Role.class, body).stream()
                                            .map(
                                                    role ->
                                                            List.of(
                                                                    role.name(),
                                                                    String.join(
                                                                            " ",
                                                                            role.permissions())))
                                            .toList()));
        }
    }
}
