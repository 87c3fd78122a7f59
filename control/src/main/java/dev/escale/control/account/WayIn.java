package dev.escale.control.account;

/** Something that people sign in with by themselves, without asking anybody for a link. */
interface WayIn {
    /** How many the person has. */
    int count(String person);
}
