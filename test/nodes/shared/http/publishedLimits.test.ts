import { RateBucket, RateWindow, nextSlotMs } from '../../../../nodes/shared/http/publishedLimits';

it('a window allows its limit at once, and the next one a second after the first is out of the window', () => {
	const window = new RateWindow(2, 60_000);
	for (const atMs of [1000, 5000]) {
		expect(window.nextAllowedAt(atMs)).toBe(atMs);
		window.reserve(atMs);
	}
	expect(window.nextAllowedAt(5001)).toBe(62_000);
	window.reserve(62_000);
	expect(window.nextAllowedAt(62_000)).toBe(66_000);
	expect(window.nextAllowedAt(200_000)).toBe(200_000);
});

it('a bucket allows what is in it at once, and then one a second after each refill', () => {
	const bucket = new RateBucket(3, 30_000);
	for (let count = 0; count < 3; count++) {
		expect(bucket.nextAllowedAt(1_000_000)).toBe(1_000_000);
		bucket.reserve(1_000_000);
	}
	expect(bucket.nextAllowedAt(1_000_000)).toBe(1_031_000);
	bucket.reserve(1_031_000);
	expect(bucket.nextAllowedAt(1_031_000)).toBe(1_061_000);
	// an hour later it is full again, and no fuller
	for (let count = 0; count < 3; count++) {
		expect(bucket.nextAllowedAt(5_000_000)).toBe(5_000_000);
		bucket.reserve(5_000_000);
	}
	expect(bucket.nextAllowedAt(5_000_000)).toBe(5_031_000);
});

it('a window counts a slot that was reserved for later, whoever takes the next one', () => {
	const window = new RateWindow(2, 60_000);
	window.reserve(61_000);
	window.reserve(0);
	expect(window.nextAllowedAt(0)).toBe(61_000);
	window.reserve(61_000);
	expect(window.nextAllowedAt(61_000)).toBe(122_000);
});

it('a request that counts against several limits waits for the strictest', () => {
	const loose = new RateWindow(10, 60_000);
	const strict = new RateWindow(1, 30_000);
	for (const limit of [loose, strict]) limit.reserve(1000);
	expect(nextSlotMs([], 2000)).toBe(2000);
	expect(nextSlotMs([loose], 2000)).toBe(2000);
	expect(nextSlotMs([loose, strict], 2000)).toBe(32_000);
});
