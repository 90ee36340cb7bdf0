/** What stands under a node on the canvas, in words: "getLockStatus" would be shown as it is. */

const IN_WORDS = "replace(/[A-Z]/g, (letter) => ' ' + letter.toLowerCase())";

export const OPERATION_SUBTITLE = `={{ $parameter["operation"].${IN_WORDS} }}`;

export const EVENTS_SUBTITLE = `={{ $parameter["events"].join(", ").${IN_WORDS} }}`;
