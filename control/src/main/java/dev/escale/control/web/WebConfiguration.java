package dev.escale.control.web;

import dev.escale.control.api.ProblemWriter;
import dev.escale.control.language.Messages;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Assets, templates and what stands before and after every page. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    Assets assets() {
        return Assets.load();
    }

    @Bean
    Views views() {
        return new Views(TemplateEngine.createPrecompiled(ContentType.Html));
    }

    @Bean
    PageMaker pageMaker(Messages messages, Assets assets, Clock clock, Visitors visitors) {
        return new PageMaker(messages, assets, clock, visitors);
    }

    @Bean
    ErrorPages errorPages(PageMaker maker, Views views) {
        return new ErrorPages(maker, views);
    }

    @Bean
    PageProblems pageProblems(ErrorPages pages) {
        return new PageProblems(pages);
    }

    @Bean
    WebMvcConfigurer pageArguments(PageMaker maker) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(maker);
            }
        };
    }

    /** Before all that asks the database: sessions, tokens, controllers; after the language. */
    @Bean
    FilterRegistrationBean<DatabaseDoor> databaseDoor(ErrorPages pages, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new DatabaseDoor(pages, problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
        return registration;
    }

    /** Before security, whose answers are in the chosen language too. */
    @Bean
    FilterRegistrationBean<LanguageChoice> languageChoice() {
        var registration = new FilterRegistrationBean<>(new LanguageChoice());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }
}
