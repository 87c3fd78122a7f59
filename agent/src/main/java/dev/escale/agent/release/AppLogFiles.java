package dev.escale.agent.release;

import java.nio.file.Path;

/**
 * Where PM2 writes what the app prints, JSON lines with {@code message}, {@code timestamp} and
 * {@code type}. The files may not exist yet; all releases of an app write into the same two.
 */
public record AppLogFiles(Path out, Path err) {}
