package dev.escale.protocol;

public enum AppAction {
    START,
    STOP,
    RESTART
}
