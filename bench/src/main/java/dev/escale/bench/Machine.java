package dev.escale.bench;

import java.lang.management.ManagementFactory;

/** What else this machine does. */
final class Machine {
    private Machine() {}

    /** Programs that ran or waited for a processor in the last minute, on average. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
