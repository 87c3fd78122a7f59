package dev.escale.control.deployment;

import dev.escale.control.web.stream.LivePart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the live parts of apps and deployments to the page stream. */
@Configuration(proxyBeanMethods = false)
class DeploymentLiveParts {

    @Bean
    LivePart appListPart(AppParts parts) {
        return parts.list();
    }

    @Bean
    LivePart appHeadPart(AppParts parts) {
        return parts.head();
    }

    @Bean
    LivePart appFactsPart(AppParts parts) {
        return parts.facts();
    }

    @Bean
    LivePart appDeploymentsPart(AppParts parts) {
        return parts.recent();
    }

    @Bean
    LivePart appFoundPart(AppParts parts) {
        return parts.found();
    }

    @Bean
    LivePart deploymentHeadPart(DeploymentParts parts) {
        return parts.head();
    }

    @Bean
    LivePart deploymentStepsPart(DeploymentParts parts) {
        return parts.steps();
    }

    @Bean
    LivePart deploymentOutputPart(DeploymentParts parts) {
        return parts.output();
    }

    @Bean
    LivePart deploymentFoundPart(DeploymentParts parts) {
        return parts.found();
    }
}
