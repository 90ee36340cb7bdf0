import { ServiceClock } from '../../../../nodes/shared/http/serviceClock';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

let time: VirtualClock;
beforeEach(() => (time = new VirtualClock()));
afterEach(() => time.restore());

const answerAt = (atMs: number, headers: Record<string, string> = {}) => ({
	status: 200,
	headers: { date: new Date(atMs).toUTCString(), ...headers },
	text: '',
	json: undefined,
});

it('knows how far a service is ahead, at most and estimated', () => {
	const serviceClock = new ServiceClock();
	expect(serviceClock.latestAt(START_MS)).toBeUndefined();
	serviceClock.note(answerAt(START_MS + 300_000), START_MS - 2000);
	expect(serviceClock.latestAt(START_MS)).toBe(START_MS + 303_000);
	expect(serviceClock.now()).toBe(START_MS + 300_500);
});

it.each([
	['that a cache has kept', answerAt(START_MS - 600_000, { age: '600' })],
	['that is older than one before', answerAt(START_MS - 600_000)],
])('learns nothing from an answer %s', (_, old) => {
	const serviceClock = new ServiceClock();
	serviceClock.note(answerAt(START_MS), START_MS);
	serviceClock.note(old, START_MS);
	expect(serviceClock.latestAt(START_MS)).toBe(START_MS + 1000);
	expect(serviceClock.now()).toBe(START_MS + 500);
});
