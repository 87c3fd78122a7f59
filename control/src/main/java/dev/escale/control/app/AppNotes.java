package dev.escale.control.app;

/** Codes of the notes in plans for apps. */
public final class AppNotes {
    /** {@code app}, {@code server}. */
    public static final String PLAN_CREATE = "plan.appCreate";

    /** {@code url}. */
    public static final String PLAN_ADDRESS = "plan.appAddress";

    /** {@code branch}. */
    public static final String PLAN_BRANCH = "plan.appBranch";

    public static final String PLAN_SETTINGS = "plan.appSettings";

    /** {@code name}. */
    public static final String PLAN_SET = "plan.envSet";

    /** {@code name}. */
    public static final String PLAN_UNSET = "plan.envUnset";

    /** {@code name}. */
    public static final String PLAN_VALUE_LOST = "plan.envValueLost";

    /** {@code release}. */
    public static final String PLAN_VALUES_THEN = "plan.envValuesThen";

    public static final String PLAN_VALUES_TYPE = "plan.envValuesType";

    /** {@code app}. */
    public static final String PLAN_ENV_RESTART = "plan.envRestart";

    /** {@code app}. */
    public static final String PLAN_START = "plan.appStart";

    /** {@code app}. */
    public static final String PLAN_STOP = "plan.appStop";

    /** {@code app}. */
    public static final String PLAN_RESTART = "plan.appRestart";

    /** {@code app}, {@code server}. */
    public static final String PLAN_REMOVE = "plan.appRemove";

    /** Nginx forgets the site; no other site notices. */
    public static final String PLAN_NGINX_RELOADS = "plan.nginxReloads";

    /** {@code app}. */
    public static final String PLAN_REMOVE_REPOSITORY = "plan.appRemoveRepository";

    /** {@code server}: not connected, so nobody can say what lies there. */
    public static final String PLAN_REMOVE_UNSEEN = "plan.appRemoveUnseen";

    /** {@code app}: code is still wherever it was pushed from. */
    public static final String PLAN_PUSH_AGAIN = "plan.appPushAgain";

    private AppNotes() {}
}
