package dev.escale.control.api;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * Runs methods with {@link ReadAtOnce} in one transaction, which ends before the answer is written.
 */
final class OneTransaction extends RequestMappingHandlerAdapter {
    private final Database database;

    OneTransaction(Database database) {
        this.database = database;
    }

    @Override
    protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod method) {
        return method.hasMethodAnnotation(ReadAtOnce.class)
                ? new Reading(method)
                : super.createInvocableHandlerMethod(method);
    }

    private final class Reading extends ServletInvocableHandlerMethod {
        Reading(HandlerMethod method) {
            super(method);
        }

        @Override
        protected @Nullable Object doInvoke(@Nullable Object... arguments) throws Exception {
            for (Object argument : arguments) {
                if (argument instanceof Actor actor) {
                    return database.read(actor.team(), _ -> invoke(arguments));
                }
            }
            throw new IllegalStateException("nobody reads: " + getShortLogMessage());
        }

        private @Nullable Object invoke(@Nullable Object... arguments) {
            try {
                return super.doInvoke(arguments);
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(
                        "a look-up that fails with what it must declare", failure);
            }
        }
    }
}
