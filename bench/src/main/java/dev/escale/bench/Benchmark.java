package dev.escale.bench;

import java.util.List;

/** One question, answered by figures. */
interface Benchmark {
    /** As given on the command line. */
    String name();

    List<Figure> measure(Options options);
}
