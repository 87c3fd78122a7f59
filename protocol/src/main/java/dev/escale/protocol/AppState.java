package dev.escale.protocol;

public enum AppState {
    SERVING,
    STOPPED,
    DOWN
}
