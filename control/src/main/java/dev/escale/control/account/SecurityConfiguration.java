package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.api.ProblemWriter;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.RateLimit;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

/** Who gets in by which door: REST by token, machines by their own means, pages by session. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
    /** Tokens that are none, by address. */
    private static final int FAILURES_PER_MINUTE = 60;

    @Bean
    SecurityContextRepository securityContextRepository() {
        return new HttpSessionSecurityContextRepository();
    }

    /** Nobody signs in with a password. */
    @Bean
    AuthenticationManager authenticationManager() {
        return authentication -> {
            throw new ProviderNotFoundException("no passwords here");
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain rest(
            HttpSecurity http,
            TokenAuthentication tokens,
            Origins origins,
            ProblemWriter problems,
            Clock clock,
            ControlConfig config)
            throws Exception {
        SecurityHeaders.add(http, config);
        return withoutSession(http)
                .securityMatcher("/api/**")
                .addFilterBefore(
                        new BearerFilter(
                                tokens,
                                origins,
                                new RateLimit(FAILURES_PER_MINUTE, clock),
                                problems),
                        AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests ->
                                requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                                        .permitAll()
                                        .requestMatchers("/api/v1/openapi.json", "/api/webhooks/**")
                                        .permitAll()
                                        .anyRequest()
                                        .authenticated())
                .exceptionHandling(
                        refusals ->
                                refusals.authenticationEntryPoint(
                                                (request, response, missing) -> {
                                                    response.setHeader(
                                                            "WWW-Authenticate", "Bearer");
                                                    problems.write(
                                                            request,
                                                            response,
                                                            Problem.of(
                                                                    401,
                                                                    "request.unauthenticated"));
                                                })
                                        .accessDeniedHandler(
                                                (request, response, denied) ->
                                                        problems.write(
                                                                request,
                                                                response,
                                                                Problem.of(
                                                                        403, "request.forbidden"))))
                .build();
    }

    /** Git, agents, AI clients and monitors: their handlers authenticate them. */
    @Bean
    @Order(2)
    SecurityFilterChain machines(HttpSecurity http, ControlConfig config) throws Exception {
        SecurityHeaders.add(http, config);
        return withoutSession(http)
                .securityMatcher(
                        "/git/**",
                        "/agent/**",
                        "/install.sh",
                        "/mcp",
                        "/healthz",
                        "/readyz",
                        "/metrics")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain pages(
            HttpSecurity http,
            SecurityContextRepository contexts,
            SignOut signOut,
            SessionCopies copies,
            ControlConfig config)
            throws Exception {
        SecurityHeaders.add(http, config);
        CookieCsrfTokenRepository csrf = new CookieCsrfTokenRepository();
        csrf.setCookieName("__Host-csrf");
        csrf.setCookieCustomizer(cookie -> cookie.secure(true).path("/").sameSite("Lax"));
        return http.addFilterBefore(
                        new SessionCopyFilter(copies), SecurityContextHolderFilter.class)
                .securityContext(context -> context.securityContextRepository(contexts))
                .csrf(protection -> protection.csrfTokenRepository(csrf))
                .requestCache(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(
                        logout ->
                                logout.logoutUrl("/logout")
                                        .addLogoutHandler(signOut)
                                        .logoutSuccessUrl("/login?signedOut")
                                        .deleteCookies("__Host-escale"))
                .authorizeHttpRequests(
                        requests ->
                                requests.dispatcherTypeMatchers(
                                                DispatcherType.ERROR, DispatcherType.FORWARD)
                                        .permitAll()
                                        .requestMatchers(
                                                "/login",
                                                "/login/**",
                                                "/invitations/**",
                                                "/assets/**",
                                                "/favicon.ico",
                                                "/error")
                                        .permitAll()
                                        .anyRequest()
                                        .authenticated())
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(new ToLogin()))
                .build();
    }

    /** A session cookie that comes along means nothing here. */
    private static HttpSecurity withoutSession(HttpSecurity http) throws Exception {
        return http.sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(
                        context ->
                                context.securityContextRepository(
                                        new NullSecurityContextRepository()))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }
}
