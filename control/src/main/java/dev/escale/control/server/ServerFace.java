package dev.escale.control.server;

import dev.escale.control.web.Page;
import dev.escale.protocol.Facts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a server looks on pages. */
public record ServerFace(Server server) {

    /** For {@code data-state}. */
    public String state() {
        return switch (server.status()) {
            case ONLINE -> "live";
            case WAITING, REMOVING -> "working";
            case OFFLINE -> "failed";
            case REMOVED -> "off";
        };
    }

    public String word(Page page) {
        return page.say("page.server.status." + server.status().text());
    }

    public @Nullable String address() {
        Facts facts = server.facts();
        return facts == null || facts.addresses().isEmpty()
                ? server.originIp()
                : facts.addresses().getFirst();
    }

    /** Programs that its agent found, the important ones first. */
    public List<String> programs() {
        Facts facts = server.facts();
        if (facts == null) {
            return List.of();
        }
        List<String> programs = new ArrayList<>();
        add(programs, "Nginx", facts.nginx());
        add(programs, "Node.js", facts.node());
        add(programs, "PM2", facts.pm2());
        add(programs, "npm", facts.npm());
        add(programs, "Git", facts.git());
        add(programs, "Docker", facts.docker());
        programs.addAll(facts.databases());
        return programs;
    }

    private static void add(List<String> programs, String name, @Nullable String version) {
        if (version != null) {
            programs.add(name + " " + version.replaceFirst("^v(?=\\d)", ""));
        }
    }
}
