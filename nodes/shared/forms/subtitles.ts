/** Subtitles of nodes on the canvas, in words. n8n would show "getLockStatus" unchanged. */

const IN_WORDS =
	"replace(/[A-Z]/g, (letter) => ' ' + letter.toLowerCase()).replace(/^./, (letter) => letter.toUpperCase())";

/**
 * The chosen device. For a picked device, expressions only see the id. `toJSON` gives the saved
 * parameters with the picker's entry, which shows the id after the name. A device chosen by an
 * expression is unknown.
 */
const CHOSEN_DEVICE = `((device) => !device?.value || String(device.value).startsWith("=") ? ""
	: ": " + (device.mode === "list" && device.cachedResultName?.replace(/ \\([^()]*\\)$/, "") || device.value))($parameter.toJSON().deviceId)`;

/**
 * @param all The words for all devices: `all locks`.
 * @param own Code of an expression that names operations in another way; `undefined` = as usual.
 */
export function operationSubtitle(all: string, own = 'undefined'): string {
	const device = `$parameter["target"] === "all" ? ": ${all}" : ${CHOSEN_DEVICE}`;
	return `={{ (${own} ?? $parameter["operation"].${IN_WORDS}) + ($parameter["operation"] === "getMany" ? "" : ${device}) }}`;
}

export const EVENTS_SUBTITLE = `={{ $parameter["events"].join(", ").${IN_WORDS} }}`;
