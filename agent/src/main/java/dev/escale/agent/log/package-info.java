/**
 * What this server's logs say, while somebody looks: read where they are, at the reader's pace,
 * masked before they leave, never in the way of who writes them.
 *
 * <pre>
 *   GrowingText ──▶ TextReader ──RawRecord──▶ LineMaker ──LogLine──▶ LiveLog, LogSearch ──▶ link
 * </pre>
 */
@NullMarked
package dev.escale.agent.log;

import org.jspecify.annotations.NullMarked;
