package dev.escale.agent.control;

import dev.escale.protocol.Facts;
import java.util.List;

/** A server that is nowhere. */
public final class Somewhere {
    public static final Facts FACTS =
            new Facts(
                    "web-1",
                    "Debian GNU/Linux 12 (bookworm)",
                    "6.1",
                    "amd64",
                    2,
                    4L << 30,
                    "systemd",
                    List.of("192.0.2.7"),
                    80,
                    443,
                    true,
                    true,
                    null,
                    1800,
                    "20.19.2",
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of());

    private Somewhere() {}
}
