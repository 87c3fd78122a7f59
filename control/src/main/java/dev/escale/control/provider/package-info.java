/**
 * Speaks to GitHub and GitLab, and knows no account of ours. Spring's OAuth client would do the
 * same with 2.6 MB of libraries more, filters of its own in front of our controllers, and a sign-in
 * that any site may begin; what we need of the protocol is two calls.
 */
@NullMarked
package dev.escale.control.provider;

import org.jspecify.annotations.NullMarked;
