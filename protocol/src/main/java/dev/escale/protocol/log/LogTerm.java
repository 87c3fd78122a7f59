package dev.escale.protocol.log;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One condition of a query. */
public sealed interface LogTerm {
    boolean holds(AskedLine line);

    /**
     * @param lower in lower case
     */
    record Word(String lower) implements LogTerm {
        @Override
        public boolean holds(AskedLine line) {
            return line.lower().contains(lower);
        }
    }

    record Exactly(String text) implements LogTerm {
        @Override
        public boolean holds(AskedLine line) {
            return line.plain().contains(text);
        }
    }

    /** Takes time that grows with the line, whatever the expression. */
    record Matching(Pattern pattern) implements LogTerm {
        @Override
        public boolean holds(AskedLine line) {
            return pattern.matcher(line.plain()).find();
        }
    }

    /**
     * @param written the whole term: what a line must have that has no such field
     */
    record Field(String name, List<FieldTest> tests, String written) implements LogTerm {
        public Field {
            tests = List.copyOf(tests);
        }

        @Override
        public boolean holds(AskedLine line) {
            @Nullable String value = line.field(name);
            if (value == null) {
                return line.lower().contains(written);
            }
            return tests.stream().anyMatch(test -> test.holds(value));
        }
    }

    record Not(LogTerm term) implements LogTerm {
        @Override
        public boolean holds(AskedLine line) {
            return !term.holds(line);
        }
    }
}
