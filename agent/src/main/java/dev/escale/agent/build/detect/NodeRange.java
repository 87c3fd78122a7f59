package dev.escale.agent.build.detect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of Node.js a project asks for, in npm's notation as far as it is met in life. */
record NodeRange(String text) {
    private static final Pattern PART =
            Pattern.compile(
                    "(\\^|~|>=|<=|>|<|=)?\\s*v?(\\d+|[xX*])(?:\\.(\\d+|[xX*]))?(?:\\.(\\d+|[xX*]))?\\S*");

    /** What is not understood, such as {@code lts/*}, accepts all. */
    boolean accepts(String version) {
        int[] installed = numbers(version);
        for (String alternative : text.split("\\|\\|")) {
            if (acceptsAll(alternative.strip(), installed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean acceptsAll(String conditions, int[] installed) {
        String[] ends = conditions.split("\\s+-\\s+");
        if (ends.length == 2) {
            return accepts(">=" + ends[0], installed) && accepts("<=" + ends[1], installed);
        }
        for (String condition : conditions.replaceAll("([<>=~^])\\s+", "$1").split("\\s+")) {
            if (!accepts(condition, installed)) {
                return false;
            }
        }
        return true;
    }

    private static boolean accepts(String condition, int[] installed) {
        Matcher part = PART.matcher(condition);
        if (!part.matches()) {
            return true;
        }
        int given = 0;
        int[] wanted = new int[3];
        while (given < 3
                && part.group(given + 2) != null
                && part.group(given + 2).matches("\\d+")) {
            wanted[given] = Integer.parseInt(part.group(given + 2));
            given++;
        }
        String operator = part.group(1) == null ? "=" : part.group(1);
        return switch (operator) {
            case ">=" -> compare(installed, wanted, 3) >= 0;
            case ">" -> compare(installed, wanted, given) > 0;
            case "<" -> compare(installed, wanted, 3) < 0;
            case "<=" -> compare(installed, wanted, given) <= 0;
            case "^" -> compare(installed, wanted, 1) == 0 && compare(installed, wanted, 3) >= 0;
            case "~" ->
                    compare(installed, wanted, Math.min(2, given)) == 0
                            && compare(installed, wanted, 3) >= 0;
            default -> compare(installed, wanted, given) == 0;
        };
    }

    private static int compare(int[] a, int[] b, int places) {
        for (int i = 0; i < places; i++) {
            if (a[i] != b[i]) {
                return Integer.compare(a[i], b[i]);
            }
        }
        return 0;
    }

    private static int[] numbers(String version) {
        String[] parts = version.replaceFirst("^v", "").split("[^0-9]+");
        int[] numbers = new int[3];
        for (int i = 0; i < 3 && i < parts.length && parts[i].matches("\\d{1,6}"); i++) {
            numbers[i] = Integer.parseInt(parts[i]);
        }
        return numbers;
    }
}
