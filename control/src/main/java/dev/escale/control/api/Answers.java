package dev.escale.control.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a method of REST answers when its operation was applied, for OpenAPI: {@link Answer} gives
 * that or a plan, which no return type can say.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Answers {
    /** {@link Void} for 204. */
    Class<?> value();
}
