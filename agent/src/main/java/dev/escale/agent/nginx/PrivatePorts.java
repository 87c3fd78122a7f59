package dev.escale.agent.nginx;

import dev.escale.agent.host.AtomicFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of a private Nginx: those that the settings tell, and for 0 free ones, which are kept
 * in a file so that URLs stay the same.
 */
public record PrivatePorts(int http, int https) {
    private static final int FIRST = 8080;

    /**
     * @param folder of the private instance
     */
    public static PrivatePorts choose(Path folder, int http, int https) throws IOException {
        Path file = folder.resolve("ports");
        List<Integer> kept = new ArrayList<>();
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(line -> kept.add(Integer.valueOf(line.strip())));
        }
        int first = http > 0 ? http : kept.size() == 2 ? kept.get(0) : free(FIRST);
        int second = https > 0 ? https : kept.size() == 2 ? kept.get(1) : free(first + 1);
        Files.createDirectories(folder);
        AtomicFile.write(file, first + "\n" + second + "\n", "rw-r--r--");
        return new PrivatePorts(first, second);
    }

    private static int free(int from) throws IOException {
        for (int port = from; port < from + 1000; port++) {
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no free port from " + from);
    }
}
