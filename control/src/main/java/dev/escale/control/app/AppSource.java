package dev.escale.control.app;

/** Where an app's code comes from. */
public sealed interface AppSource {
    /** As in the contract's {@code source.type}. */
    String type();

    /** Pushed to Escale's own Git endpoint. */
    record Escale() implements AppSource {
        @Override
        public String type() {
            return "escale";
        }
    }

    /**
     * Any repository that the server can reach.
     *
     * @param url a {@link dev.escale.protocol.GitUrl}
     */
    record Git(String url) implements AppSource {
        @Override
        public String type() {
            return "git";
        }
    }
}
