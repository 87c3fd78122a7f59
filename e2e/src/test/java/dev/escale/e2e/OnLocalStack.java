package dev.escale.e2e;

import dev.escale.testkit.stack.LocalStack;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives stories the one {@link LocalStack} on SQLite that all of them share: each makes apps of its
 * own on it and leaves the stack as it was.
 */
public final class OnLocalStack implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalStack.class;
    }

    @Override
    public LocalStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OnLocalStack.class))
                .computeIfAbsent("stack", key -> LocalStack.onSqlite(), LocalStack.class);
    }
}
