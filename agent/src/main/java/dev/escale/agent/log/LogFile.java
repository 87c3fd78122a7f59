package dev.escale.agent.log;

import dev.escale.agent.host.GrowingText;
import java.util.function.Function;

/**
 * One file of a source, and how lines are made of it.
 *
 * @param name in lines and places, such as {@code app_x/out}
 * @param maker of lines, from a position on
 */
public record LogFile(String name, GrowingText text, Function<Spot, LineMaker> maker) {}
