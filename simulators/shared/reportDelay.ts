/**
 * How long after a command a car reports, where time runs by itself. HTTP tells the time in whole seconds, so
 * nobody could tell a report of the very same moment from one before the command.
 */
export const USUAL_REPORT_DELAY_SECONDS = 2;
