package dev.escale.agent.build.source;

import dev.escale.agent.host.HostResult;
import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.List;
import java.util.regex.Pattern;

/** Reads from git's words what went wrong. */
enum GitComplaint {
    DISK_FULL("No space left on device|ENOSPC"),
    REF_UNKNOWN("couldn't find remote ref"),
    COMMIT_GONE("not our ref|unadvertised object|no such remote ref|remote did not send all"),
    AUTH_REFUSED(
            "could not read (Username|Password)|Authentication failed|terminal prompts disabled"
                    + "|Permission denied \\(|returned error: 40[13]"),
    HOST_UNKNOWN("Could not resolve host"),
    CERTIFICATE_REFUSED(
            "SSL certificate|certificate verification failed|Host key verification failed"
                    + "|error setting certificate|CAfile"),
    MIRROR_BROKEN(
            "\\.lock': File exists|not a git repository|bad object|loose object|object file"
                    + "|bad config|shallow file|missing necessary objects"),
    UNREACHABLE(
            "Failed to connect|Couldn't connect|Connection (refused|timed out|reset)|hung up"
                    + "|returned error: 5|early EOF|Operation too slow|Network is unreachable"),
    OTHER("");

    private final Pattern words;

    GitComplaint(String words) {
        this.words = Pattern.compile(words);
    }

    static GitComplaint of(HostResult result) {
        for (GitComplaint complaint : values()) {
            if (complaint.words.matcher(result.err()).find()) {
                return complaint;
            }
        }
        return OTHER;
    }

    /**
     * @param said git's own words, masked
     */
    Note note(GitUrl url, String ref, String said) {
        String address = url.address();
        return switch (this) {
            case DISK_FULL -> Note.of(Notes.DISK_FULL, "path", "mirror.git");
            case REF_UNKNOWN -> Note.of(Notes.SOURCE_REF_UNKNOWN, "ref", ref, "said", said);
            case AUTH_REFUSED -> Note.of(Notes.SOURCE_AUTH_REFUSED, "url", address, "said", said);
            case HOST_UNKNOWN ->
                    Note.of(Notes.SOURCE_HOST_UNKNOWN, "host", url.host(), "said", said);
            case CERTIFICATE_REFUSED ->
                    Note.of(Notes.SOURCE_CERTIFICATE_REFUSED, "url", address, "said", said);
            case UNREACHABLE -> Note.of(Notes.SOURCE_UNREACHABLE, "url", address, "said", said);
            case COMMIT_GONE, MIRROR_BROKEN, OTHER ->
                    Note.of(Notes.SOURCE_FAILED, "url", address, "said", said);
        };
    }

    /** The line in which git gives the reason, else the last one. */
    static String words(HostResult result) {
        List<String> lines = result.err().lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.startsWith("fatal: ") || line.startsWith("error: "))
                .findFirst()
                .orElse(lines.isEmpty() ? result.summary() : lines.getLast())
                .strip();
    }
}
