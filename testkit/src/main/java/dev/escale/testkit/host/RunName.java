package dev.escale.testkit.host;

import dev.escale.testkit.TestCache;
import dev.escale.testkit.program.Processes;
import dev.escale.testkit.program.Program;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of everything that one run of the tests puts on this machine. They carry the process id of
 * the run, so that the next run can sweep up after one that was killed.
 */
record RunName(long pid, int number) {
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Pattern NAMESPACE = Pattern.compile("escn-(\\d+)-\\S+");
    private static final Pattern BRIDGE = Pattern.compile("(escb(\\d+)x\\d+)[:@]");

    static RunName next() {
        return new RunName(ProcessHandle.current().pid(), RUNS.incrementAndGet());
    }

    String bridge() {
        return "escb" + pid + "x" + number;
    }

    String cable(int host) {
        return "escv" + pid + "x" + number + "x" + host;
    }

    String namespace(String host) {
        return "escn-" + pid + "-" + number + "-" + host;
    }

    Path folder() {
        return runs().resolve(pid + "-" + number);
    }

    int seed() {
        return (int) ((pid * 7 + number) % 250);
    }

    private static Path runs() {
        return TestCache.folder().resolve("runs");
    }

    /** Undoes what runs left that are dead: hosts, mounts, namespaces, bridges, folders. */
    static void sweep() {
        sweepFolders();
        NAMESPACE
                .matcher(Program.of("ip", "netns").run())
                .results()
                .filter(found -> dead(found.group(1)))
                .forEach(found -> Program.of("ip", "netns", "del", found.group()).attempt());
        Matcher bridge =
                BRIDGE.matcher(Program.of("ip", "-o", "link", "show", "type", "bridge").run());
        while (bridge.find()) {
            if (dead(bridge.group(2))) {
                Program.of("ip", "link", "del", bridge.group(1)).attempt();
            }
        }
    }

    private static void sweepFolders() {
        String[] names = runs().toFile().list();
        if (names == null) {
            return;
        }
        Arrays.stream(names)
                .filter(name -> dead(name.replaceFirst("-.*", "")))
                .map(name -> runs().resolve(name))
                .forEach(RunName::remove);
    }

    /** Ends what still runs in this run's folder, unmounts what is mounted there, deletes it. */
    static void remove(Path folder) {
        ProcessHandle.allProcesses()
                .filter(process -> runsIn(process, folder))
                .forEach(Processes::killTree);
        Program.of("findmnt", "-rn", "-o", "TARGET")
                .run()
                .lines()
                .filter(target -> target.startsWith(folder + "/"))
                .sorted(Comparator.reverseOrder())
                .forEach(target -> Program.of("umount", "--lazy", target).attempt());
        Program.of("rm", "-rf", "--one-file-system", folder.toString()).run();
    }

    private static boolean runsIn(ProcessHandle process, Path folder) {
        return process.info()
                .arguments()
                .map(
                        arguments ->
                                Arrays.asList(arguments).stream()
                                        .anyMatch(a -> a.startsWith(folder + "/")))
                .orElse(false);
    }

    private static boolean dead(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }
}
