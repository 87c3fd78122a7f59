package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.util.List;

/** What became of a command. */
@Json(typeProperty = "outcome")
@Json.SubType(type = Outcome.Done.class, name = "done")
@Json.SubType(type = Outcome.Failed.class, name = "failed")
@Json.SubType(type = Outcome.Refused.class, name = "refused")
@Json.SubType(type = Outcome.NotUnderstood.class, name = "notUnderstood")
@Json.SubType(type = Outcome.Surveyed.class, name = "surveyed")
public sealed interface Outcome {
    @Json
    record Done() implements Outcome {}

    @Json
    record Failed(Note reason) implements Outcome {}

    /**
     * The command itself was not acceptable: expired, replayed with other bytes, for another
     * server.
     */
    @Json
    record Refused(Note reason) implements Outcome {}

    @Json
    record NotUnderstood() implements Outcome {}

    @Json
    record Surveyed(List<Holding> holdings) implements Outcome {}
}
