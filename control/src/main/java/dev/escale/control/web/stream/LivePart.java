package dev.escale.control.web.stream;

import dev.escale.control.event.Event;
import dev.escale.control.web.Page;
import java.util.Optional;

/**
 * A part of a page that is drawn again when something happens that it shows. In the page it is the
 * element with {@code data-part} and {@code data-subject}.
 */
public interface LivePart {
    /** As in {@code data-part}, such as {@code deployment.steps}. */
    String name();

    /**
     * Whether it must be drawn again. Asked for every event of the team, so it only compares.
     *
     * @param subject what the part shows, such as the id of a deployment; of whatever team
     */
    boolean follows(String subject, Event event);

    /**
     * Draws what is true now. Must look with the team of the reader.
     *
     * @param after number of the last line that the page has; 0 for parts without lines
     * @return empty when there is nothing new, or the subject is not the reader's
     */
    Optional<Drawing> draw(Page page, String subject, long after);
}
