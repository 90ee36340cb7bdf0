import { RateWindow } from '../../../nodes/shared/rateWindow';

it('allows the limit at once, and the next one when the first is out of the window', () => {
	const window = new RateWindow(2, 60_000);
	for (const atMs of [1000, 5000]) {
		expect(window.nextAllowedAt(atMs)).toBe(atMs);
		window.reserve(atMs);
	}
	expect(window.nextAllowedAt(5001)).toBe(61_000);
	window.reserve(61_000);
	expect(window.nextAllowedAt(61_000)).toBe(65_000);
	expect(window.nextAllowedAt(200_000)).toBe(200_000);
});
