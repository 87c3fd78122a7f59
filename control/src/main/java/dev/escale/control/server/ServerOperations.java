package dev.escale.control.server;

/** What can be done to servers, for the doors. */
public record ServerOperations(
        AddServer add, RenameServer rename, RenewToken token, RemoveServer remove) {}
