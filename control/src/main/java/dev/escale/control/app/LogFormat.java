package dev.escale.control.app;

import dev.escale.protocol.AppLine;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** How lines of an app's output are written, one each. */
interface LogFormat {
    String line(AppLine line);

    String dropped(long lines);

    /** The server is away. */
    String interrupted();

    /** Something that means nothing; empty when there is no such thing. */
    String nothing();

    static LogFormat text() {
        return new LogFormat() {
            @Override
            public String line(AppLine line) {
                return line.text() + "\n";
            }

            @Override
            public String dropped(long lines) {
                return "… " + lines + " …\n";
            }

            @Override
            public String interrupted() {
                return "…\n";
            }

            @Override
            public String nothing() {
                return "";
            }
        };
    }

    static LogFormat json(JsonMapper json) {
        return new LogFormat() {
            @Override
            public String line(AppLine line) {
                return json.writeValueAsString(line) + "\n";
            }

            @Override
            public String dropped(long lines) {
                return json.writeValueAsString(Map.of("dropped", lines)) + "\n";
            }

            @Override
            public String interrupted() {
                return json.writeValueAsString(Map.of("interrupted", true)) + "\n";
            }

            @Override
            public String nothing() {
                return "\n";
            }
        };
    }
}
