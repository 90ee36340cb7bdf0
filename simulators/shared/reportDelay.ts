/**
 * How long after a command a car reports, when time is real. HTTP dates have whole seconds, so a
 * report at the very same moment could not be distinguished from one before the command.
 */
export const USUAL_REPORT_DELAY_SECONDS = 2;
