import { seamLog } from '../../../../nodes/Seam/api/seamLog';
import { CallMeter } from '../../../../nodes/shared/http/request';
import { AnsweringService } from '../../../support/answeringService';
import { VirtualClock } from '../../../support/virtualClock';

let seam: AnsweringService<{ event_types: string[] }>;
let time: VirtualClock;
beforeAll(async () => {
	seam = await AnsweringService.start();
});
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());
afterAll(async () => await seam.close());

it.each([
	[[], []],
	[['lowBattery', 'guestCodeFirstUse', 'nothing known'], ['device.low_battery']],
])('with the notices %j it asks once, for the events of locks and %j', async (notices, types) => {
	const { client, asked } = seam.answers(() => ({ json: { events: [] } }));
	const log = await seamLog(client).list(0, new CallMeter(), 20_000, new Set(notices));
	expect(log).toEqual({ entries: [], completeUntilMs: undefined, truncated: [] });
	const expected = ['lock.locked', 'lock.unlocked', ...types];
	expect(asked.map(({ body }) => body.event_types)).toEqual([expected]);
});
