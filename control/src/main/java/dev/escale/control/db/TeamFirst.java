package dev.escale.control.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteType;
import org.jooq.exception.DataAccessException;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * Tells PostgreSQL the team of a transaction before its first statement: on the same way, when that
 * is a look-up, and by a statement of its own otherwise. Until it is told, no row of any team is
 * seen.
 */
final class TeamFirst implements ExecuteListener {
    private static final long serialVersionUID = 1L;
    private static final Pattern ID = Pattern.compile("[\\w.-]*");

    private final String tell;
    private boolean told;
    private transient @Nullable ExecuteContext together;

    /**
     * @param team null for none
     */
    TeamFirst(@Nullable TeamId team) {
        String id = team == null ? "" : team.value();
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("no id of a team");
        }
        this.tell = "set local app.team = '" + id + "'";
    }

    @Override
    public void renderEnd(ExecuteContext context) {
        if (told) {
            return;
        }
        told = true;
        String sql = context.sql();
        if (context.type() == ExecuteType.READ && sql != null) {
            context.sql(tell + "; " + sql);
            together = context;
        } else {
            tell(context);
        }
    }

    @Override
    public void prepareEnd(ExecuteContext context) {
        PreparedStatement both = context.statement();
        if (context.equals(together) && both != null) {
            together = null;
            context.statement(new SecondResult(both));
        }
    }

    /** What comes back of two statements is what the second says. */
    private static final class SecondResult extends DefaultPreparedStatement {
        SecondResult(PreparedStatement both) {
            super(both);
        }

        @Override
        public boolean execute() throws SQLException {
            getDelegate().execute();
            return getDelegate().getMoreResults();
        }
    }

    private void tell(ExecuteContext context) {
        try (Statement alone = context.connection().createStatement()) {
            alone.execute(tell);
        } catch (SQLException failure) {
            throw new DataAccessException("the team cannot be told", failure);
        }
    }
}
