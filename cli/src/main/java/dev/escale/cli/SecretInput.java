package dev.escale.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads a secret without showing it: typed blind at a terminal, or one line of standard input. */
final class SecretInput {
    private static final BufferedReader INPUT =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private SecretInput() {}

    static String read(String name) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("%s: ", name);
            return typed == null ? "" : new String(typed);
        }
        try {
            String line = INPUT.readLine();
            if (line == null) {
                throw new Refusal(Words.say("env.noInput", name));
            }
            return line;
        } catch (IOException failure) {
            throw new Refusal(Words.say("env.noInput", name), failure);
        }
    }
}
