package dev.escale.agent.release;

import dev.escale.agent.nginx.LiveLink;
import io.avaje.jsonb.Json;

/** A release in a place: what serves, or is about to. */
@Json
record Instance(long release, Place place) {
    enum Place {
        A,
        B,
        /** A static site has no process. */
        FILES;

        Place other() {
            return this == A ? B : A;
        }
    }

    /** Requests go here alone. */
    LiveLink.Target alone() {
        return new LiveLink.Target(
                release,
                switch (place) {
                    case A -> LiveLink.Route.A;
                    case B -> LiveLink.Route.B;
                    case FILES -> LiveLink.Route.FILES;
                });
    }

    /** Requests go here, and to the other place when this one does not take them. */
    LiveLink.Target backed() {
        return new LiveLink.Target(
                release,
                switch (place) {
                    case A -> LiveLink.Route.AB;
                    case B -> LiveLink.Route.BA;
                    case FILES -> LiveLink.Route.FILES;
                });
    }

    boolean hasProcess() {
        return place != Place.FILES;
    }
}
