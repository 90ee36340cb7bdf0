import { seamLog } from '../../../../nodes/Seam/api/seamLog';
import { CallMeter } from '../../../../nodes/shared/http/request';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

interface Asked {
	timeoutMs: number;
	retry: boolean;
	body: { since: string; event_types: string[]; limit: number };
}

/** The request for the log with these notices. */
async function askedFor(...notices: string[]): Promise<Asked> {
	const asked: Asked[] = [];
	const send = (request: Asked) => {
		asked.push(request);
		return Promise.resolve({ status: 200, headers: {}, text: '', json: { events: [] } });
	};
	const client = { serviceClock: { now: () => START_MS }, send } as never;
	const log = await seamLog(client).list(0, new CallMeter(), 20_000, new Set(notices));
	expect(log).toEqual({ entries: [], completeUntilMs: undefined, truncated: [] });
	expect(asked).toHaveLength(1);
	return asked[0]!;
}

it('asks for the events of locks, in all of the time', async () => {
	expect(await askedFor()).toMatchObject({
		timeoutMs: 20_000,
		retry: true,
		body: { event_types: ['lock.locked', 'lock.unlocked'] },
	});
});

it('asks for the chosen notices, too, and keeps time to tell the first of them', async () => {
	const { timeoutMs, body } = await askedFor('lowBattery', 'guestCodeFirstUse', 'nothing known');
	expect(timeoutMs).toBe(15_000);
	expect(body.event_types).toEqual(['lock.locked', 'lock.unlocked', 'device.low_battery']);
});
