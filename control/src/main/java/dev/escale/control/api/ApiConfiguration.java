package dev.escale.control.api;

import dev.escale.control.db.Database;
import dev.escale.control.language.Messages;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/** Makes what all of REST has in common. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    ProblemWriter problemWriter(Messages messages, JsonMapper json) {
        return new ProblemWriter(messages, json);
    }

    @Bean
    WebMvcRegistrations readingAtOnce(Database database) {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new OneTransaction(database);
            }
        };
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
