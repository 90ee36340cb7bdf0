/** ISO 3779: 17 letters and digits without I, O and Q, case-insensitive. */
export function isVin(text: string): boolean {
	return /^[A-HJ-NPR-Z0-9]{17}$/i.test(text);
}

/** A VIN is the same in small letters. Other ids may not be, so they stay as they are. */
export function comparableId(deviceId: string): string {
	const id = deviceId.trim();
	return isVin(id) ? id.toUpperCase() : id;
}
