/** What a server gets beside the program: units, PM2, the installer. */
@NullMarked
package dev.escale.agent.packaging;

import org.jspecify.annotations.NullMarked;
