package dev.escale.control.deployment;

/** Codes of the notes that the control plane itself puts on deployments and into their plans. */
public final class DeploymentNotes {
    /** {@code number}: of the one that runs. */
    public static final String WAITS_FOR_OTHER = "deployment.waitsForOther";

    /** {@code server}: its name. */
    public static final String WAITS_FOR_SERVER = "deployment.waitsForServer";

    /** {@code number}: of the newer one. */
    public static final String SUPERSEDED = "deployment.superseded";

    /** {@code name}: who asked. */
    public static final String CANCELLING = "deployment.cancelling";

    /** {@code name}: who asked. */
    public static final String CANCELLED = "deployment.cancelledBy";

    /** {@code number}: of the rollback that waits. */
    public static final String GIVES_WAY = "deployment.givesWay";

    /** {@code number}: of the rollback. */
    public static final String GAVE_WAY = "deployment.gaveWay";

    /** {@code server}: its name. It goes on there; what becomes of it is told later. */
    public static final String SERVER_AWAY = "deployment.serverAway";

    /** {@code minutes}. */
    public static final String TIME_LIMIT = "deployment.timeLimit";

    /** {@code commit}: its beginning; {@code release}: that serves it. */
    public static final String UNCHANGED = "deployment.unchanged";

    public static final String NOTHING_SERVES = "deployment.nothingServes";
    public static final String APP_REMOVED = "deployment.appRemoved";
    public static final String NOT_UNDERSTOOD = "deployment.notUnderstood";
    public static final String NO_ENDING = "deployment.noEnding";

    /** {@code app}, {@code commit} or {@code ref}, {@code server}. */
    public static final String PLAN_DEPLOY = "plan.deploy";

    /** {@code release}. */
    public static final String PLAN_SERVE = "plan.serve";

    /** {@code release}. */
    public static final String PLAN_KEEP_RELEASE = "plan.keepRelease";

    /** {@code number}. */
    public static final String PLAN_SUPERSEDE = "plan.supersede";

    /** {@code number}. */
    public static final String PLAN_CANCEL = "plan.cancel";

    /** {@code number}: of one that would bring another release after the rollback. */
    public static final String PLAN_GIVES_WAY = "plan.givesWay";

    /** {@code app}. */
    public static final String PLAN_RESTART = "plan.restart";

    /** {@code name}, {@code release}. */
    public static final String PLAN_VARIABLE_BACK = "plan.variableBack";

    /** {@code name}, {@code release}. */
    public static final String PLAN_VARIABLE_GONE = "plan.variableGone";

    private DeploymentNotes() {}
}
