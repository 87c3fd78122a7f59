package dev.escale.control.team;

import dev.escale.control.RunningControl.Answer;
import dev.escale.control.team.Doors.Door;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * A stranger's walk through doors with what another team has: each is asked twice, for something of
 * theirs and for something that looks the same and never was, and must answer the same.
 */
final class IsolationWalk {
    private static final Pattern SENT = Pattern.compile("<(\\w+)>");
    private static final String NOWHERE = "nowhere";

    private final TwoTeams teams;
    private final List<String> wrong = new ArrayList<>();
    private int compared;

    IsolationWalk(TwoTeams teams) {
        this.teams = teams;
    }

    List<String> wrong() {
        return wrong;
    }

    int compared() {
        return compared;
    }

    void through(Door door) {
        List<String> parts = parts(door);
        if (parts.isEmpty()) {
            tells(door, filled(door.pattern(), TwoTeams.OWN, each -> ""), door.query(), "");
        }
        for (int number = 0; number < most(parts); number++) {
            int one = number;
            UnaryOperator<String> theirs =
                    part -> {
                        List<String> all = teams.theirs(part);
                        return all.get(one % all.size());
                    };
            UnaryOperator<String> nobodys = part -> TwoTeams.nobodys(theirs.apply(part));
            both(door, TwoTeams.OWN, theirs, TwoTeams.OWN, nobodys);
            if (parts(door.pattern()).size() > 1) {
                mixed(door, parts(door.pattern()).getFirst(), theirs, nobodys);
            }
            if (door.pattern().contains("{team")) {
                both(door, TwoTeams.THEIRS, theirs, NOWHERE, nobodys);
            }
        }
        if (parts.isEmpty() && door.pattern().contains("{team")) {
            both(door, TwoTeams.THEIRS, each -> "", NOWHERE, each -> "");
        }
    }

    /** The first of the address is ours, the rest theirs. */
    private void mixed(
            Door door, String first, UnaryOperator<String> theirs, UnaryOperator<String> nobodys) {
        String own = teams.own(first);
        both(
                door,
                TwoTeams.OWN,
                part -> part.equals(first) ? own : theirs.apply(part),
                TwoTeams.OWN,
                part -> part.equals(first) ? own : nobodys.apply(part));
    }

    private void both(
            Door door,
            String team,
            UnaryOperator<String> theirs,
            String otherTeam,
            UnaryOperator<String> nobodys) {
        compared++;
        String path = filled(door.pattern(), team, theirs);
        String other = filled(door.pattern(), otherTeam, nobodys);
        String sent = sent(door.query(), theirs);
        Answer asked = ask(door, path, sent);
        Answer unknown = ask(door, other, sent(door.query(), nobodys));
        String one = lasting(asked);
        String two = lasting(unknown);
        for (String part : parts(door)) {
            one = one.replace(theirs.apply(part), "ID");
            two = two.replace(nobodys.apply(part), "ID");
        }
        one = team(one, team);
        two = team(two, otherTeam);
        boolean named = !parts(door.pattern()).isEmpty() || !team.equals(TwoTeams.OWN);
        if (!one.equals(two)) {
            wrong.add(door + " " + path + " " + sent + " tells by\n" + one + "\n— not\n" + two);
        }
        if (named && asked.status() < 400) {
            wrong.add(door + " " + path + " is answered " + asked.status());
        }
        if (named && door.looks() && asked.status() != 404) {
            wrong.add(door + " " + path + " is " + asked.status() + " and not 404");
        }
        tells(door, path, sent, asked);
    }

    private static String team(String text, String team) {
        return text.replaceAll("\\b" + team + "\\b", "TEAM");
    }

    private void tells(Door door, String path, String sent, String none) {
        tells(door, path, sent, ask(door, path, sent));
    }

    private void tells(Door door, String path, String sent, Answer answer) {
        if (answer.status() == 429 || answer.status() >= 500) {
            wrong.add(door + " " + path + " was not walked through: " + answer.status());
        }
        teams.secrets().stream()
                .filter(each -> !path.contains(each) && !sent.contains(each))
                .filter(each -> answer.body().contains(each))
                .forEach(each -> wrong.add(door + " " + path + " tells " + each));
    }

    /** The address with what is ours in its places; empty when we have no such thing. */
    String ours(Door door) {
        List<String> parts = parts(door.pattern());
        return parts.stream().anyMatch(part -> teams.own(part).isEmpty())
                ? ""
                : filled(door.pattern(), TwoTeams.OWN, teams::own).replaceFirst("^/api/v1/", "");
    }

    String filledWithOurs(String sent) {
        return sent(sent, teams::own);
    }

    Answer ask(Door door, String path, String sent) {
        if (!door.isPage()) {
            String query = sent.startsWith("?") ? sent : "";
            return teams.api(
                    teams.token,
                    door.method().name(),
                    path.replaceFirst("^/api/v1/", "") + query,
                    query.isEmpty() ? sent : "");
        }
        return door.looks()
                ? teams.stranger.get(path + sent)
                : teams.stranger.post(path, pairs(sent));
    }

    /** Without what is another one each time: tokens of forms, times, new ids. */
    static String lasting(Answer answer) {
        return answer.status()
                + " "
                + answer.header("Location")
                + " "
                + answer.header("Content-Type")
                + "\n"
                + answer.body()
                        .replaceAll("(name=\"_csrf\" value=)\"[^\"]*\"", "$1")
                        .replaceAll("(name=\"plan\" value=)\"[^\"]*\"", "$1")
                        .replaceAll("<time.*?</time>", "TIME")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME");
    }

    private static String[] pairs(String form) {
        return form.isEmpty()
                ? new String[0]
                : Arrays.stream(form.split("&"))
                        .flatMap(pair -> Arrays.stream(pair.split("=", 2)))
                        .toArray(String[]::new);
    }

    private int most(List<String> parts) {
        return parts.stream().mapToInt(part -> teams.theirs(part).size()).max().orElse(0);
    }

    /** What the door asks for by name, in its address and in what is sent. */
    private static List<String> parts(Door door) {
        List<String> parts = new ArrayList<>(parts(door.pattern()));
        Matcher sent = SENT.matcher(door.query());
        while (sent.find()) {
            parts.add(sent.group(1));
        }
        return parts;
    }

    /** The segment before each variable. */
    private static List<String> parts(String pattern) {
        List<String> parts = new ArrayList<>();
        String[] segments = pattern.split("/");
        for (int i = 1; i < segments.length; i++) {
            if (segments[i].startsWith("{") && !segments[i].startsWith("{team")) {
                parts.add(segments[i - 1]);
            }
        }
        return parts;
    }

    private static String filled(String pattern, String team, UnaryOperator<String> of) {
        String[] segments = pattern.split("/");
        for (int i = segments.length - 1; i > 0; i--) {
            if (segments[i].startsWith("{")) {
                segments[i] =
                        segments[i].startsWith("{team")
                                ? team
                                : UriUtils.encode(
                                        of.apply(segments[i - 1]), StandardCharsets.UTF_8);
            }
        }
        return String.join("/", segments);
    }

    private static String sent(String sent, UnaryOperator<String> of) {
        return SENT.matcher(sent)
                .replaceAll(each -> Matcher.quoteReplacement(of.apply(each.group(1))));
    }
}
