/** Whether a text can be an ID of a lock or a code. Seam's own are UUIDs. */
export function isSeamId(text: string): boolean {
	return /^[\w-]{1,100}$/.test(text);
}
