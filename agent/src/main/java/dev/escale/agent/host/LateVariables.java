package dev.escale.agent.host;

import java.util.regex.Pattern;

/**
 * Variables that change what a program does before its first line: the loader and the C library
 * read them, and a shell for itself. An app may set them, so the programs that still run as root on
 * the way to its user must not see them; {@code env} sets them afterwards. They stand in an
 * argument list then, where others can read them, and are no secrets.
 */
final class LateVariables {
    /** See ld.so(8), environ(7), locale(7), resolver(5). */
    private static final Pattern NAMES =
            Pattern.compile(
                    "PATH|ENV|IFS|PWD|OLDPWD|SHLVL|_|PS[0-9]|SHELLOPTS|TZ|TZDIR|POSIXLY_CORRECT|HOSTALIASES|LOCALDOMAIN|NLSPATH|LOCPATH"
                        + "|LANG|LANGUAGE|RES_OPTIONS|(LC|LD|GLIBC|MALLOC|GCONV|GETCONF)_.*|BASH.*");

    private LateVariables() {}

    static boolean is(String name) {
        return NAMES.matcher(name).matches();
    }
}
