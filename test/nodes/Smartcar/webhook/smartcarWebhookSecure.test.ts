import { LOCKED_CAR } from '../../../../simulators/smartcar/seed';
import { startSmartcarHome, type SmartcarHome } from '../../../support/smartcarHome';
import { WebhookHost } from '../../../support/webhookHost';

/** What a delivery omits is not closed: plans differ in the signals that a webhook may deliver. */

let home: SmartcarHome;
let host: WebhookHost;
let nodeCount = 0;

beforeAll(async () => {
	home = await startSmartcarHome();
});
beforeEach(() => {
	home.simulator.reset();
	home.signIn();
	home.setCredential({ managementToken: home.simulator.managementToken, mode: 'live' });
});
afterEach(async () => await host.close());
afterAll(async () => await home.close());

/** The status of the event when the car is locked, for a webhook that delivers these signals. */
async function statusOnLocking(data: string[]) {
	const parameters = { events: ['locked'], deviceIds: [LOCKED_CAR] };
	const id = `smartcar-webhook-secure-${++nodeCount}`;
	const node = home.engine.node('smartcarWebhookTrigger', parameters, { id });
	host = await WebhookHost.start(home.engine, node);
	await host.publish();
	home.simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
	await home.simulator.webhooks.create({
		callbackUri: host.url,
		triggers: ['closure-islocked'],
		data,
	});
	const arrived = async () => {
		await home.simulator.webhooks.desk.flush();
		await host.idle();
	};
	await arrived();
	home.time.advance(60);
	home.simulator.editVehicle(LOCKED_CAR, { lock: 'LOCKED' });
	await arrived();
	expect(host.items).toMatchObject([{ event: 'locked' }]);
	return host.items[0]!.status;
}

it('a webhook that delivers the lock alone proves no car to be secure', async () => {
	expect(await statusOnLocking(['closure-islocked'])).toMatchObject({
		lock: 'locked',
		doors: {},
		secure: null,
		reasons: ['The doors of the vehicle are not reported'],
	});
});

it('one that delivers the doors as well does, for windows count where they are delivered', async () => {
	expect(await statusOnLocking(['closure-islocked', 'closure-doors'])).toMatchObject({
		secure: true,
		reasons: [],
	});
});
