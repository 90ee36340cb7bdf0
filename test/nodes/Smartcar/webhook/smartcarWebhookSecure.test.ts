import { LOCKED_CAR } from '../../../../simulators/smartcar/seed';
import { startSmartcarRig, type SmartcarRig } from '../../../support/smartcarRig';
import { WebhookHost } from '../../../support/webhookHost';

/** What a delivery omits is not closed: plans differ in the signals that a webhook may deliver. */

let rig: SmartcarRig;
let host: WebhookHost;
let nodeCount = 0;

beforeAll(async () => {
	rig = await startSmartcarRig();
});
beforeEach(() => {
	rig.simulator.reset();
	rig.signIn();
	rig.setCredential({ managementToken: rig.simulator.managementToken, mode: 'live' });
});
afterEach(async () => await host.close());
afterAll(async () => await rig.close());

/** The status of the event when the car is locked, for a webhook that delivers these signals. */
async function statusOnLocking(data: string[]) {
	const parameters = { events: ['locked'], deviceIds: [LOCKED_CAR] };
	const id = `smartcar-webhook-secure-${++nodeCount}`;
	const node = rig.engine.node('smartcarWebhookTrigger', parameters, { id });
	host = await WebhookHost.start(rig.engine, node);
	await host.publish();
	rig.simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
	await rig.simulator.webhooks.create({
		callbackUri: host.url,
		triggers: ['closure-islocked'],
		data,
	});
	const arrived = async () => {
		await rig.simulator.webhooks.desk.flush();
		await host.idle();
	};
	await arrived();
	rig.time.advance(60);
	rig.simulator.editVehicle(LOCKED_CAR, { lock: 'LOCKED' });
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
