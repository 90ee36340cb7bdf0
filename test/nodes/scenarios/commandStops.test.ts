import type { IDataObject } from 'n8n-workflow';

import type { Run } from '../../support/engine';
import type { ApiVersion } from '../../support/faultMatrix';
import { CONTINUE } from '../../support/rig';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';
import { VIN } from '../../support/scriptedApis';

const OTHER = 'YV4EK3ZL0R2000099';
const COMMAND = (vin: string) => `POST /connected-vehicle/v2/vehicles/${vin}/commands/lock`;
const NOTHING_SENT = { evidence: 'none', sent: false };
const EXPIRED: ScriptedReply = { status: 401, body: { error: { message: 'Unauthorized' } } };

let rig: ScriptedRig;
afterEach(async () => await rig.close());

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

interface Stopped {
	run: Run;
	error: (index?: number) => IDataObject;
}

/**
 * Starts Lock, stops it when `isThere` says so, and waits until the node has ended and no request
 * is in flight.
 */
async function stopWhen(
	isThere: () => boolean,
	answers: Record<string, ScriptedReply>,
	parameters: IDataObject = {},
	items?: IDataObject[],
): Promise<Stopped> {
	const { api } = rig;
	const engine = await rig.startEngine(answers);
	const node = engine.node(
		api.node,
		{ ...api.parameters, operation: 'lock', ...parameters },
		CONTINUE,
	);
	const running = engine.startNode(node, items);
	while (!isThere()) await turn();
	const asked = rig.server.seen.length;
	running.stop();
	const run = await running.finished;
	for (let turns = 0; turns < 100; turns++) await turn();
	expect(run.status).toBe('canceled');
	// requests in flight may have arrived since
	expect(rig.server.seen.length).toBeLessThanOrEqual(asked + 1);
	return { run, error: (index = 0) => run.json('Node')[index]?.error as IDataObject };
}

/** Answers as usual at first, and then not at all. */
function thenHangs(reply: ScriptedReply): ScriptedReply {
	let count = 0;
	return () => (++count === 1 ? reply : 'hang');
}

describe('a stop before a command left sends nothing', () => {
	it.each<[string, ApiVersion, string, IDataObject]>([
		['the first token is fetched', 'Smartcar v3', 'POST /oauth2/token', {}],
		['the user of the vehicle is looked up', 'Smartcar v3', 'GET /v3/connections', {}],
		['the state is read', 'Volvo v2', 'reading', { checkOpenings: true }],
		['the lock is read', 'Seam', 'reading', {}],
	])('while %s', async (_, name, question, options) => {
		rig = await startScriptedRig(name);
		const { reading, command } = rig.api;
		const asked = question === 'reading' ? reading : question;
		const isThere = () => rig.server.count(asked) > 0;
		const { error } = await stopWhen(isThere, { [asked]: 'hang' }, { options });
		expect(error()).toMatchObject(NOTHING_SENT);
		expect(rig.server.count(command)).toBe(0);
	});

	it('while it is queued behind another one to the same device', async () => {
		rig = await startScriptedRig('Volvo v2');
		const isThere = () => rig.server.count(COMMAND(VIN)) > 0;
		const { error } = await stopWhen(isThere, { [COMMAND(VIN)]: 'hang' }, {}, [{}, {}]);
		expect(error(0)).toMatchObject({ evidence: 'unknown', sent: true });
		expect(error(1)).toMatchObject(NOTHING_SENT);
		expect(rig.server.count(COMMAND(VIN))).toBe(1);
	});

	it('while it waits for the first request of the run', async () => {
		rig = await startScriptedRig('Volvo v2');
		const isThere = () => rig.server.count(COMMAND(VIN)) > 0;
		const parameters = { deviceId: '={{ $json.vin }}' };
		const items = [{ vin: VIN }, { vin: OTHER }];
		const { error } = await stopWhen(isThere, { [COMMAND(VIN)]: 'hang' }, parameters, items);
		expect(error(1)).toMatchObject(NOTHING_SENT);
		expect(rig.server.count(COMMAND(OTHER))).toBe(0);
	});

	it('while it waits for a limit', async () => {
		rig = await startScriptedRig('Volvo v2');
		const isThere = () => rig.time.sleptSeconds > 5;
		const { error } = await stopWhen(isThere, {}, {}, Array(11).fill({}) as IDataObject[]);
		expect(error(10)).toMatchObject(NOTHING_SENT);
		expect(rig.server.count(COMMAND(VIN))).toBe(10);
	});
});

describe('a stop after a command left', () => {
	it('while it is answered reports an unknown outcome', async () => {
		rig = await startScriptedRig('Volvo v2');
		const isThere = () => rig.server.count(COMMAND(VIN)) > 0;
		const { error } = await stopWhen(isThere, { [COMMAND(VIN)]: 'hang' });
		expect(error()).toMatchObject({ evidence: 'unknown', sent: true });
	});

	it('while its token is renewed sends no second one', async () => {
		rig = await startScriptedRig('Volvo v2');
		const token = 'POST /as/token.oauth2';
		const isThere = () => rig.server.count(token) > 0;
		const { error } = await stopWhen(isThere, { [COMMAND(VIN)]: EXPIRED, [token]: 'hang' });
		expect(error()).toMatchObject(NOTHING_SENT);
		expect(rig.server.count(COMMAND(VIN))).toBe(1);
	});

	it('while the car is read for a proof reports what was reached', async () => {
		rig = await startScriptedRig('Volvo v2');
		const { reading } = rig.api;
		const isThere = () => rig.server.count(reading) > 0;
		const options = { requiredEvidence: 'verified' };
		const { error } = await stopWhen(isThere, { [reading]: 'hang' }, { options });
		expect(error()).toMatchObject({ evidence: 'acknowledged', sent: true });
	});

	it('while the lock is read for its result returns the result without it', async () => {
		rig = await startScriptedRig('Seam');
		const { reading, command, usual } = rig.api;
		const isThere = () => rig.server.count(reading) > 1;
		const done = { action_attempt_id: 'a1', status: 'success' };
		const answers = {
			[command]: { body: { ok: true, action_attempt: done } },
			[reading]: thenHangs(usual[reading]!),
		};
		const { run } = await stopWhen(isThere, answers);
		expect(run.json('Node')).toEqual([
			expect.objectContaining({ evidence: 'acknowledged', sent: true, status: null }),
		]);
	});
});
