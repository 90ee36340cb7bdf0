/** ISO 3779: 17 letters and digits without I, O and Q, case-insensitive. */
export function isVin(text: string): boolean {
	return /^[A-HJ-NPR-Z0-9]{17}$/i.test(text);
}
