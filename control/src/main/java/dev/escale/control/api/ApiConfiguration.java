package dev.escale.control.api;

import dev.escale.control.language.Messages;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Makes what all of REST has in common. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    ProblemWriter problemWriter(Messages messages, JsonMapper json) {
        return new ProblemWriter(messages, json);
    }

    @Bean
    ApiProblems apiProblems(ProblemWriter writer) {
        return new ApiProblems(writer);
    }

    @Bean
    FilterRegistrationBean<RequestLimit> requestLimit(ProblemWriter writer) {
        var registration = new FilterRegistrationBean<>(new RequestLimit(writer));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }
}
