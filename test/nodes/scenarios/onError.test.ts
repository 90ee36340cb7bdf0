import { API_VERSIONS } from '../../support/faultMatrix';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedAnswer } from '../../support/scriptedServer';
import { VIN } from '../../support/scriptedApis';

const BAD_ID = 'not an id';

/** The complete shape of a failing item, which n8n's engines route by. */
describe.each(API_VERSIONS)('On Error in %s', (name) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	const message = expect.stringMatching(/^"not an id" is not (an?|the) /) as string;
	const failed = () => ({
		message,
		error: {
			message,
			reason: 'badRequest',
			retryable: false,
			retryAfterSeconds: null,
			userAction: expect.any(String) as string,
			httpStatus: null,
			requestId: null,
			service: rig.api.node,
			deviceId: BAD_ID,
			name: null,
		},
	});
	const items = () => [
		{ id: rig.api.parameters.deviceId, mine: 'good' },
		{ id: BAD_ID, mine: 'bad' },
	];
	const status = () =>
		expect.objectContaining({
			deviceId: rig.api.parameters.deviceId,
			lock: 'unlocked',
		}) as object;

	it('Stop: the node fails, and nothing leaves it', async () => {
		const { run } = await rig.readEach(items(), {});
		expect(run.status).toBe('error');
		expect(run.data.resultData.error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(
				/^1 of 2 (lock|vehicle)s did not do what was asked \(not an id\): "not an id" is not /,
			) as string,
		});
		expect([...run.items('Node', 0), ...run.items('Node', 1)]).toEqual([]);
	});

	it('Continue: both leave by the only output, each paired with its input', async () => {
		const { run } = await rig.readEach(items(), { onError: 'continueRegularOutput' });
		expect(run.status).toBe('success');
		expect(run.items('Node')).toEqual([
			{ json: status(), pairedItem: { item: 0 } },
			{ json: failed(), pairedItem: { item: 1 } },
		]);
	});

	it('Continue (using error output): the failing one leaves by it, its fields kept', async () => {
		const { run } = await rig.readEach(items(), { onError: 'continueErrorOutput' });
		expect(run.status).toBe('success');
		expect(run.json('Node', 0)).toEqual([status()]);
		// n8n adds the fields of the input item beside ours
		expect(run.json('Node', 1)).toEqual([{ id: BAD_ID, mine: 'bad', ...failed() }]);
	});
});

describe('Stop', () => {
	const OTHERS = ['YV4EK3ZL0R2000098', 'YV4EK3ZL0R2000099'];
	const OPEN = 'UNABLE_TO_LOCK_DOOR_OPEN';
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Volvo v2');
	});
	afterAll(async () => await rig.close());

	/** Locks every car. The other cars' commands get these answers. */
	async function lockAll(...statuses: string[]) {
		const vins = [VIN, ...OTHERS];
		const answers: Record<string, ScriptedAnswer> = {
			'GET /connected-vehicle/v2/vehicles': { body: { data: vins.map((vin) => ({ vin })) } },
		};
		OTHERS.forEach((vin, index) => {
			const data = { vin, invokeStatus: statuses[index] };
			answers[rig.api.command.replace(VIN, vin)] = { body: { data } };
		});
		const { run } = await rig.run({ operation: 'lock', target: 'all' }, answers, {});
		return run.data.resultData.error!;
	}

	it('names the only one of several devices that failed', async () => {
		expect((await lockAll('COMPLETED', OPEN)).message).toMatch(
			/^1 of 3 vehicles did not do what was asked \(YV4…0099\): The lock command was not carried out: a door/,
		);
	});

	it('names all that failed alike', async () => {
		expect((await lockAll(OPEN, OPEN)).message).toMatch(
			/^2 of 3 vehicles did not do what was asked \(YV4…0098, YV4…0099\): The lock command/,
		);
	});

	it('names those that failed for several reasons, each with its own', async () => {
		const { message, description } = await lockAll(OPEN, 'VEHICLE_IN_SLEEP');
		expect(message).toBe(
			'2 of 3 vehicles did not do what was asked: YV4…0098 (doorOpen), YV4…0099 (asleep)',
		);
		expect(description).toMatch(/^YV4…0098: The lock command .*\nYV4…0099: The lock command /);
	});

	it('says it in one sentence when the only device failed, and when there is none', async () => {
		const data = { vin: VIN, invokeStatus: OPEN };
		const { run } = await rig.lock({ body: { data } }, {}, {});
		expect(run.data.resultData.error!.message).toMatch(
			/^Vehicle YV4…0017: The lock command was not carried out/,
		);
		const unlisted = await rig.run({ operation: 'lock', target: 'all' }, {}, {}, [{}, {}]);
		expect(unlisted.run.data.resultData.error!.message).not.toMatch(/ of 2 /);
	});

	it("shortens a VIN in the service's own words", async () => {
		const body = { error: { message: 'NOT_FOUND', description: `${VIN} has no doors` } };
		const { run } = await rig.read({ status: 404, body }, {});
		const { message, description } = run.data.resultData.error!;
		expect(description).toMatch(/^Volvo says: NOT_FOUND: YV4…0017 has no doors/);
		expect(`${message} ${description}`).not.toContain(VIN);
	});
});
