package dev.escale.control.account;

import dev.escale.control.account.WebAuthn.Answer;
import dev.escale.control.operation.Detail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Signs in who holds a passkey. The page asks for a challenge, which is bound to the browser's
 * session and good for one answer; the answer comes as a form, so that a page follows.
 */
@Controller
class PasskeySignIn {
    private final WebAuthn party;
    private final Passkeys passkeys;
    private final PasskeyChallenges challenges;
    private final Entrance entrance;

    PasskeySignIn(
            WebAuthn party, Passkeys passkeys, PasskeyChallenges challenges, Entrance entrance) {
        this.party = party;
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.entrance = entrance;
    }

    @PostMapping("/login/passkey/options")
    @ResponseBody
    PasskeyOptions.Get options(HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (session.isNew()) {
            session.setMaxInactiveInterval((int) PasskeyChallenges.VALIDITY.toSeconds());
        }
        return PasskeyOptions.get(party, challenges.make(session));
    }

    @PostMapping("/login/passkey")
    String signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String credential,
            @RequestParam @Nullable String next) {
        HttpSession session = request.getSession(false);
        Optional<String> challenge = session == null ? Optional.empty() : challenges.take(session);
        Optional<Answer> answer = party.read(credential);
        Optional<Passkeys.Known> known =
                answer.flatMap(given -> passkeys.known(given.credential()));
        if (challenge.isPresent()
                && answer.isPresent()
                && known.isPresent()
                && opens(answer.get(), known.get(), challenge.get())) {
            Passkeys.Known passkey = known.get();
            entrance.open(
                    request,
                    response,
                    passkey.person(),
                    Detail.of("means", "passkey", "passkey", passkey.id()));
            return "redirect:" + Next.safe(next);
        }
        known.ifPresent(
                passkey -> entrance.refused(request, passkey.person(), "signIn.passkeyRefused"));
        return "redirect:/login?refused=passkey" + Next.parameter(next);
    }

    private boolean opens(Answer answer, Passkeys.Known known, String challenge) {
        return answer.person().equals(known.person())
                && party.signed(answer, known.credential(), challenge)
                        .filter(count -> passkeys.use(known.id(), count))
                        .isPresent();
    }
}
