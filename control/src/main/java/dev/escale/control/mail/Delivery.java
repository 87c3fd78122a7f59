package dev.escale.control.mail;

/** What came of one attempt to hand a letter over. */
sealed interface Delivery {
    /** The server has taken it. */
    record Taken() implements Delivery {}

    /** It will never be taken. */
    record Refused(String why) implements Delivery {}

    /** It may be taken another time. */
    record NotNow(String why) implements Delivery {}
}
