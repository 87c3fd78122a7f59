package dev.escale.control.language;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** Loads the sentences and lets the browser choose the language. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

    @Bean
    Messages messages() {
        return Messages.load();
    }

    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
        resolver.setSupportedLocales(Messages.LANGUAGES);
        resolver.setDefaultLocale(Messages.LANGUAGES.getFirst());
        return resolver;
    }
}
