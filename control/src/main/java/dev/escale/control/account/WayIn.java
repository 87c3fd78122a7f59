package dev.escale.control.account;

/** Something besides identities that lets a person in when all their sessions have ended. */
interface WayIn {
    boolean has(String person);
}
