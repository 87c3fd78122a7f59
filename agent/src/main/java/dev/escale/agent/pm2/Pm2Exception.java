package dev.escale.agent.pm2;

import java.io.IOException;

/** The daemon understood and refused. */
public final class Pm2Exception extends IOException {
    private static final long serialVersionUID = 1L;

    Pm2Exception(String words) {
        super("PM2: " + words);
    }
}
