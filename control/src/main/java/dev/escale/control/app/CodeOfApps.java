package dev.escale.control.app;

/** The repositories that were pushed to Escale. */
public interface CodeOfApps {
    /** Where {@code git push} goes. */
    String pushUrl(App app);

    /** The app was removed. */
    void forget(App app);
}
