package dev.escale.control.db;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * One data source over both pools, for libraries that know only one: connections are the writers',
 * but while {@link #reading} runs the readers', who wait for no writer.
 */
public final class ReadOrWrite extends AbstractRoutingDataSource {
    private static final ScopedValue<Boolean> READING = ScopedValue.newInstance();

    ReadOrWrite(DataSource reader, DataSource writer) {
        setTargetDataSources(Map.of(true, reader, false, writer));
        afterPropertiesSet();
    }

    /**
     * @param look changes nothing
     */
    public static <T> T reading(ScopedValue.CallableOp<T, RuntimeException> look) {
        return ScopedValue.where(READING, true).call(look);
    }

    @Override
    protected Object determineCurrentLookupKey() {
        return READING.isBound();
    }
}
