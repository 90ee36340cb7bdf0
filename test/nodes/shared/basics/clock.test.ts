import { clock, sleepUnlessCancelled, withTimeout } from '../../../../nodes/shared/basics/clock';
import { VirtualClock } from '../../../support/virtualClock';

it("the nodes' clock is that of the computer", () => {
	const before = Date.now();
	const shown = clock.now();
	expect(shown).toBeGreaterThanOrEqual(before);
	expect(shown).toBeLessThanOrEqual(Date.now());
});

describe('a pause', () => {
	let time: VirtualClock;
	beforeEach(() => {
		time = new VirtualClock();
	});
	afterEach(() => time.restore());

	it('is made of short steps', async () => {
		await sleepUnlessCancelled(1200, undefined);
		expect(time.slept).toEqual([0.5, 0.5, 0.2]);
	});

	it('includes the time that a step took too long', async () => {
		const sleep = clock.sleep.bind(clock);
		clock.sleep = async (milliseconds) => {
			await sleep(milliseconds);
			time.advance(0.4);
		};
		await sleepUnlessCancelled(1000, undefined);
		expect(time.slept).toEqual([0.5, 0.1]);
	});

	it.each([0, -1])('of %i milliseconds is none', async (milliseconds) => {
		await sleepUnlessCancelled(milliseconds, undefined);
		expect(time.slept).toEqual([]);
	});

	it('ends when the execution is stopped', async () => {
		const stop = new AbortController();
		const sleep = clock.sleep.bind(clock);
		clock.sleep = async (milliseconds) => {
			await sleep(milliseconds);
			stop.abort();
		};
		await sleepUnlessCancelled(60_000, stop.signal);
		expect(time.slept).toEqual([0.5]);
		await sleepUnlessCancelled(60_000, stop.signal);
		expect(time.slept).toEqual([0.5]);
	});
});

describe('work that is waited for', () => {
	const never = new Promise<string>(() => {});
	const LONG_MS = 60_000;

	it('gives its result, or its error', async () => {
		await expect(withTimeout(Promise.resolve('done'), LONG_MS, undefined)).resolves.toBe('done');
		const broken = Promise.reject(new Error('broken'));
		await expect(withTimeout(broken, LONG_MS, undefined)).rejects.toThrow('broken');
	});

	it.each([1, 0, -5, 0.2])('gives nothing when %p milliseconds are over', async (milliseconds) => {
		await expect(withTimeout(never, milliseconds, undefined)).resolves.toBeUndefined();
	});

	it('gives nothing when the execution is stopped, before it or meanwhile', async () => {
		const stop = new AbortController();
		const waiting = withTimeout(never, LONG_MS, stop.signal);
		stop.abort();
		await expect(waiting).resolves.toBeUndefined();
		await expect(withTimeout(never, LONG_MS, stop.signal)).resolves.toBeUndefined();
	});

	it('is not given up while the execution goes on', async () => {
		const later = new Promise<string>((resolve) => setImmediate(() => resolve('done')));
		await expect(withTimeout(later, LONG_MS, new AbortController().signal)).resolves.toBe('done');
	});

	it('leaves no listener for a stop behind', async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		const removed = jest.spyOn(signal, 'removeEventListener');
		await withTimeout(Promise.resolve(), LONG_MS, signal);
		expect(removed.mock.calls).toEqual(added.mock.calls);
		expect(added).toHaveBeenCalledTimes(1);
	});
});
