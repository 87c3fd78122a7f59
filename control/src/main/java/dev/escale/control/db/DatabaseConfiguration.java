package dev.escale.control.db;

import dev.escale.control.ControlConfig;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the database and hands it out. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    OpenDatabase openDatabase(ControlConfig config) {
        return OpenDatabase.open(config.database(), config.migrationDatabase());
    }

    @Bean
    Database database(OpenDatabase opened) {
        return opened.database();
    }

    /** For libraries that bring their own SQL: Spring Session. */
    @Bean
    DataSource dataSource(OpenDatabase opened) {
        return opened.writer();
    }

    @Bean
    TeamLookup teamLookup(Database database) {
        return new TeamLookup(database);
    }
}
