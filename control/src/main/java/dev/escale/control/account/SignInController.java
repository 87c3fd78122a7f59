package dev.escale.control.account;

import dev.escale.control.operation.Detail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Signs in who sends the form of the sign-in page: fields {@code token}, {@code next} and the CSRF
 * token. Opening the link alone uses nothing up, because mail scanners and browsers open links
 * ahead of people.
 */
@Controller
class SignInController {
    private final SignInLinks links;
    private final Entrance entrance;

    SignInController(SignInLinks links, Entrance entrance) {
        this.links = links;
        this.entrance = entrance;
    }

    @PostMapping("/login")
    String signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam String token,
            @RequestParam @Nullable String next) {
        Optional<SignInLinks.Redeemed> redeemed = links.redeem(token);
        if (redeemed.isEmpty()) {
            // a link that nobody was ever given has no team whose record it could stand in
            links.person(token)
                    .ifPresent(owner -> entrance.refused(request, owner, "signIn.linkSpent"));
            return "redirect:/login?refused";
        }
        SignInLinks.Redeemed link = redeemed.get();
        entrance.open(
                request,
                response,
                link.person(),
                Detail.of("means", "link", "maker", link.maker()));
        return "redirect:" + Next.safe(next);
    }
}
