package dev.escale.agent.nginx;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code [emerg]} of Nginx.
 *
 * @param file and {@code line} are empty when it names none
 */
record Complaint(String message, String file, String line) {
    private static final Pattern EMERGENCY = Pattern.compile("\\[emerg] (?:[0-9#]+: )?(.+)");
    private static final Pattern PLACE = Pattern.compile("(.*) in (/\\S+):([0-9]+)");
    private static final Pattern TAKEN =
            Pattern.compile("bind\\(\\) to (\\S+):([0-9]+) failed \\(98:");

    static Optional<Complaint> in(String output) {
        return output.lines()
                .map(EMERGENCY::matcher)
                .filter(Matcher::find)
                .map(found -> parse(found.group(1).strip()))
                .findFirst();
    }

    /** The port that another program holds, when that is the complaint. */
    Optional<Integer> takenPort() {
        Matcher taken = TAKEN.matcher(message);
        return taken.find() ? Optional.of(Integer.valueOf(taken.group(2))) : Optional.empty();
    }

    private static Complaint parse(String text) {
        Matcher place = PLACE.matcher(text);
        return place.matches()
                ? new Complaint(place.group(1), place.group(2), place.group(3))
                : new Complaint(text, "", "");
    }
}
