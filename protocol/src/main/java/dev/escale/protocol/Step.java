package dev.escale.protocol;

/** The steps of a deployment, in order. Those that a deployment does not need are not reported. */
public enum Step {
    FETCH,
    DETECT,
    INSTALL,
    BUILD,
    RELEASE_COMMAND,
    CERTIFICATE,
    START,
    HEALTH,
    SWITCH,
    WATCH,
    TAKE_BACK,
    DRAIN
}
