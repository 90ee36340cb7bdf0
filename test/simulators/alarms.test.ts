import { Alarms } from '../../simulators/shared/alarms';
import { createClock } from '../../simulators/shared/clock';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const collect = (alarms: Alarms, now: number) => {
	const rung: string[] = [];
	const set = (name: string, seconds: number) =>
		alarms.at(now + seconds * 1000, () => rung.push(name));
	return { rung, set };
};

describe('alarms', () => {
	it('ring in their order when real time passes', () => {
		const clock = createClock();
		const { rung, set } = collect(new Alarms(clock), clock.now());
		set('late', 7200);
		set('soon', 5);
		set('now', 0);
		expect(rung).toEqual(['now']);
		jest.advanceTimersByTime(4999);
		expect(rung).toEqual(['now']);
		jest.advanceTimersByTime(1);
		expect(rung).toEqual(['now', 'soon']);
		jest.advanceTimersByTime(7_195_000);
		expect(rung).toEqual(['now', 'soon', 'late']);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('ring when the clock is advanced, and not when they are cancelled, cleared or stopped', () => {
		const clock = createClock(0);
		const alarms = new Alarms(clock);
		const { rung, set } = collect(alarms, 0);
		set('b', 20);
		set('a', 10);
		set('cancelled', 15)();
		clock.advance(20);
		expect(rung).toEqual(['a', 'b']);
		set('cleared', 30);
		alarms.clear();
		set('stopped', 40);
		alarms.stop();
		clock.advance(100);
		expect(rung).toEqual(['a', 'b']);
	});
});
