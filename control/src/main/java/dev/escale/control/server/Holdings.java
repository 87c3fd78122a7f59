package dev.escale.control.server;

import dev.escale.control.operation.PlanItem;
import dev.escale.protocol.Holding;
import java.util.Set;

/** What an agent holds, as plans say it. */
public final class Holdings {
    private static final Set<String> LOST =
            Set.of("releases", "code", "cache", "shared", "logs", "key");
    private static final Set<String> KNOWN =
            Set.of("site", "releases", "code", "cache", "shared", "key", "logs", "user", "process");
    private static final int TEXT = 300;

    private Holdings() {}

    /** Whether it cannot be had back, or only by a new deployment. */
    public static boolean isLost(Holding holding) {
        return LOST.contains(holding.kind());
    }

    public static PlanItem item(Holding holding) {
        String kind = KNOWN.contains(holding.kind()) ? holding.kind() : "other";
        return PlanItem.of(
                holding.kind().equals("shared") ? "!" : "-",
                "holding." + kind,
                "kind",
                printable(holding.kind()),
                "name",
                printable(holding.name()),
                "bytes",
                Long.toString(Math.max(holding.bytes(), 0)));
    }

    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= TEXT ? line : line.substring(0, TEXT);
    }
}
