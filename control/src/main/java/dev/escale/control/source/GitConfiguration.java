package dev.escale.control.source;

import dev.escale.control.ControlConfig;
import dev.escale.control.language.Messages;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts JGit's servlet behind our door. */
@Configuration(proxyBeanMethods = false)
class GitConfiguration {
    private static final String PATH = "/git/*";

    @Bean
    Repositories repositories(ControlConfig config) {
        return new RepositoryFolder(config.home().resolve("git"));
    }

    @Bean
    PushLimit pushLimit(ControlConfig config) {
        var limits = config.pushLimits();
        return new PushLimit(limits.megabytes(), limits.objectMegabytes());
    }

    @Bean
    ServletRegistrationBean<GitServlet> gitServlet(
            Repositories repositories, PushReceiver receiver) {
        GitServlet servlet = new GitServlet();
        servlet.setRepositoryResolver((request, name) -> open(repositories, request, name));
        servlet.setAsIsFileService(AsIsFileService.DISABLED);
        servlet.setUploadPackFactory((request, repository) -> new UploadPack(repository));
        servlet.setReceivePackFactory(receiver::receive);
        var registration = new ServletRegistrationBean<>(servlet, PATH);
        registration.setName("git");
        registration.setLoadOnStartup(-1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<GitDoor> gitDoor(GitAccess access, Messages messages) {
        var registration = new FilterRegistrationBean<>(new GitDoor(access, messages));
        registration.setUrlPatterns(List.of(PATH));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    private static Repository open(
            Repositories repositories, HttpServletRequest request, String name)
            throws RepositoryNotFoundException {
        try {
            return repositories.open(Access.of(request).app());
        } catch (IOException failure) {
            throw new RepositoryNotFoundException(name, failure);
        }
    }
}
