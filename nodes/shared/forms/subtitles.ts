/** What stands under a node on the canvas, in words: "getLockStatus" would be shown as it is. */

const IN_WORDS =
	"replace(/[A-Z]/g, (letter) => ' ' + letter.toLowerCase()).replace(/^./, (letter) => letter.toUpperCase())";

/**
 * The device that is chosen. Of a picked one expressions know only the id; `toJSON` gives the parameters as they are
 * saved, with the picker's entry, which shows the id behind the name. A device that an expression chooses is not known.
 */
const CHOSEN_DEVICE = `((device) => !device?.value || String(device.value).startsWith("=") ? ""
	: ": " + (device.mode === "list" && device.cachedResultName?.replace(/ \\([^()]*\\)$/, "") || device.value))($parameter.toJSON().deviceId)`;

/** @param all What all devices are called: `all locks`. */
export function operationSubtitle(all: string): string {
	const device = `$parameter["target"] === "all" ? ": ${all}" : ${CHOSEN_DEVICE}`;
	return `={{ $parameter["operation"].${IN_WORDS} + ($parameter["operation"] === "getMany" ? "" : ${device}) }}`;
}

export const EVENTS_SUBTITLE = `={{ $parameter["events"].join(", ").${IN_WORDS} }}`;
