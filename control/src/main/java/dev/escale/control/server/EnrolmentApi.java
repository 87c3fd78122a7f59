package dev.escale.control.server;

import dev.escale.control.operation.Origins;
import dev.escale.control.operation.ProblemException;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Registered;
import dev.escale.protocol.Registration;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /agent/v1/register}: the first thing that an agent says. */
@RestController
class EnrolmentApi {
    private static final int LONGEST = 64 << 10;

    private final Enrolment enrolment;
    private final Origins origins;

    EnrolmentApi(Enrolment enrolment, Origins origins) {
        this.enrolment = enrolment;
        this.origins = origins;
    }

    /** Reads the body itself: messages of the protocol are read by its own codec. */
    @PostMapping("/agent/v1/register")
    ResponseEntity<String> register(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw ProblemException.of(413, "request.tooLarge", "limit", Integer.toString(LONGEST));
        }
        Registered registered = enrolment.register(registration(body), origins.address(request));
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Codec.write(Registered.class, registered));
    }

    private static Registration registration(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).replace("\\u0000", "\\ufffd");
        try {
            return Codec.read(Registration.class, text);
        } catch (Codec.Malformed nonsense) {
            throw ProblemException.of(
                    400, "input.malformed", "reason", "not a registration of an agent");
        }
    }
}
