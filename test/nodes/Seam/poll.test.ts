import { seamDefinition } from '../../../nodes/Seam/seamDefinition';
import { openSession } from '../../../nodes/shared/session';
import { startSeamHome, type SeamHome } from '../../support/seamHome';

let home: SeamHome;

beforeAll(async () => {
	home = await startSeamHome();
});
afterAll(async () => await home.close());

it('reads through the context in which n8n polls, which has no stop signal of its own', async () => {
	const context = home.engine.pollContext(home.node({}));
	const { service } = await openSession(context, seamDefinition, 0);
	const meter = { calls: 0 };
	const devices = await service.list(meter, false);
	expect(devices.map(({ reading }) => reading?.lock)).toEqual([
		'locked',
		'unknown',
		'unlocked',
		'unknown',
		'locked',
	]);
	expect(meter.calls).toBe(1);
});
