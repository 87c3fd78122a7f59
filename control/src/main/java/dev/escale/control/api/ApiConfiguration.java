package dev.escale.control.api;

import dev.escale.control.db.Database;
import dev.escale.control.language.Messages;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.DeserializationFeature;
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

    /** What nobody reads is a fault: misspelt, a limit would be none. */
    @Bean
    WebMvcConfigurer whatIsRead(JsonMapper json) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
                builder.withJsonConverter(
                        new JacksonJsonHttpMessageConverter(
                                json.rebuild()
                                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                                        .build()));
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new KnownParameters()).addPathPatterns("/api/v1/**");
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
