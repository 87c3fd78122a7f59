/**
 * Keeps open pages true: one WebSocket per page, over which parts are drawn anew when their topic
 * is told.
 */
@NullMarked
package dev.escale.control.web.stream;

import org.jspecify.annotations.NullMarked;
