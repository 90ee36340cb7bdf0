/** ISO 3779: 17 letters and digits without I, O and Q, case-insensitive. */
export function isVin(text: string): boolean {
	return /^[A-HJ-NPR-Z0-9]{17}$/i.test(text);
}

/** VINs are the same in small letters; of other ids nobody says so. */
export function comparableId(deviceId: string): string {
	const id = deviceId.trim();
	return isVin(id) ? id.toUpperCase() : id;
}
