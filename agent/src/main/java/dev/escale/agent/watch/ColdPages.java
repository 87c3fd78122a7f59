package dev.escale.agent.watch;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Gives back memory that only the start needed: the pages of the JVM's own code and of its class
 * archive, which are read in large pieces and touched once. They are the unchanged content of
 * files; what is needed again, the kernel brings back. Saves some 20 MB of resident memory.
 */
final class ColdPages {
    private static final System.Logger LOG = System.getLogger(ColdPages.class.getName());

    /** See madvise(2): what is needed again comes back alone, not with its neighbours. */
    private static final int MADV_RANDOM = 1;

    /** See madvise(2); since Linux 5.4. Older kernels refuse, and nothing changes. */
    private static final int MADV_PAGEOUT = 21;

    private static final int[] ADVICE = {MADV_RANDOM, MADV_PAGEOUT};

    private ColdPages() {}

    /** Costs a millisecond, and some page faults later. */
    static void release() {
        Optional<MethodHandle> madvise = madvise();
        if (madvise.isEmpty()) {
            return;
        }
        try {
            for (String mapping : mappings()) {
                release(madvise.get(), mapping.substring(0, mapping.indexOf(' ')));
            }
        } catch (IOException noProc) {
            LOG.log(System.Logger.Level.DEBUG, "no maps: {0}", noProc.getMessage());
        }
    }

    private static List<String> mappings() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(
                            line ->
                                    line.endsWith("/libjvm.so")
                                            || line.endsWith(".aot")
                                            || line.endsWith(".jsa")
                                            || line.endsWith("/modules"))
                    .toList();
        }
    }

    private static void release(MethodHandle madvise, String range) {
        int dash = range.indexOf('-');
        long from = Long.parseUnsignedLong(range, 0, dash, 16);
        long to = Long.parseUnsignedLong(range, dash + 1, range.length(), 16);
        try {
            for (int advice : ADVICE) {
                int result =
                        (int) madvise.invokeExact(MemorySegment.ofAddress(from), to - from, advice);
                if (result != 0) {
                    LOG.log(System.Logger.Level.DEBUG, "madvise refused {0}", range);
                }
            }
        } catch (Throwable failure) {
            throw new IllegalStateException("madvise", failure);
        }
    }

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> madvise() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("madvise")
                .map(
                        symbol ->
                                linker.downcallHandle(
                                        symbol,
                                        FunctionDescriptor.of(
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.ADDRESS,
                                                ValueLayout.JAVA_LONG,
                                                ValueLayout.JAVA_INT)));
    }
}
