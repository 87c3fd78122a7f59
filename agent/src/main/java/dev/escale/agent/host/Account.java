package dev.escale.agent.host;

/** The numbers of a user and of its group. */
public record Account(int uid, int gid) {}
