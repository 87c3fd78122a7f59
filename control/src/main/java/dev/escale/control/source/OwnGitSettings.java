package dev.escale.control.source;

import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit with no settings but ours: it neither reads those of the user who runs the control plane,
 * nor writes what it measured of the disk into that user's home.
 */
final class OwnGitSettings extends SystemReader.Delegate {
    private final SystemReader system;
    private final Path folder;

    private OwnGitSettings(SystemReader system, Path folder) {
        super(system);
        this.system = system;
        this.folder = folder;
    }

    /** For the whole process. */
    static synchronized void use(Path folder) {
        // JGit measures how fine the clock of the disk is, which can take half a minute; until it
        // knows, it takes the coarsest
        FS.FileStoreAttributes.setBackground(true);
        SystemReader now = SystemReader.getInstance();
        SystemReader system = now instanceof OwnGitSettings ours ? ours.system : now;
        SystemReader.setInstance(new OwnGitSettings(system, folder));
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return open("user.config", parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return open("system.config", parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return open("jgit.config", parent, fs);
    }

    private FileBasedConfig open(String name, @Nullable Config parent, FS fs) {
        return new FileBasedConfig(parent, folder.resolve(name).toFile(), fs);
    }
}
