package dev.escale.agent.nginx;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds our host names in files of others: Nginx takes the first of two servers with one name, and
 * only warns.
 *
 * @param dump output of {@code nginx -T}
 */
record ForeignNames(String dump) {
    private static final String FILE = "# configuration file ";
    private static final Pattern NAMES = Pattern.compile("(?m)^\\s*server_name\\s+([^;]+);");

    /** The file, other than {@code own}, that names one of these hosts. */
    Optional<String> holder(List<Hostname> names, String own) {
        for (String section : dump.split("(?m)^(?=" + FILE + ")")) {
            if (section.startsWith(FILE)) {
                String file = section.substring(FILE.length(), section.indexOf(":\n"));
                if (!file.equals(own) && mentions(section, names)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** The dump without the files of ours. */
    String withoutOurs(NginxSetup setup) {
        var rest = new StringBuilder();
        for (String section : dump.split("(?m)^(?=" + FILE + ")")) {
            if (!section.startsWith(FILE + setup.sites().resolve("escale"))) {
                rest.append(section);
            }
        }
        return rest.toString();
    }

    private static boolean mentions(String section, List<Hostname> names) {
        return NAMES.matcher(section)
                .results()
                .flatMap(found -> List.of(found.group(1).strip().split("\\s+")).stream())
                .anyMatch(name -> names.stream().anyMatch(own -> own.text().equals(name)));
    }
}
