package dev.escale.agent.build.source;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.List;

/** Lets addresses through that may be fetched from. */
final class SourceUrl {
    private static final String FILE = "file://";

    private SourceUrl() {}

    /**
     * @param filesAllowed whether {@code file} is, too
     */
    static GitUrl of(String text, boolean filesAllowed) throws BuildFailed {
        if (filesAllowed && text.startsWith(FILE + "/")) {
            return new GitUrl(text, "localhost", null);
        }
        GitUrl url = GitUrl.of(text).orElseThrow(() -> refused(text));
        if (url.ssh()) {
            throw new BuildFailed(
                    Note.of(Notes.SOURCE_SSH_UNSUPPORTED, "url", url.address()), List.of());
        }
        return url;
    }

    private static BuildFailed refused(String text) {
        String shown = text.replaceAll("//[^/@]*@", "//").replaceAll("\\p{Cntrl}", "�");
        return new BuildFailed(Note.of(Notes.SOURCE_URL_REFUSED, "url", shown), List.of());
    }
}
