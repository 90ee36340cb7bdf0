import { WIRES } from '../support/faultMatrix';
import { startScriptedHome, type ScriptedHome } from '../support/scriptedHome';

const BAD_ID = 'not an id';

/** The whole contract of a failing item, which n8n's engines route by. */
describe.each(WIRES)('On Error in %s', (name) => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome(name);
	});
	afterAll(async () => await home.close());

	const message = expect.stringMatching(/^"not an id" is not an? /) as string;
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
			service: home.wire.node,
			deviceId: BAD_ID,
		},
	});
	const items = () => [
		{ id: home.wire.parameters.deviceId, mine: 'good' },
		{ id: BAD_ID, mine: 'bad' },
	];
	const status = () =>
		expect.objectContaining({
			deviceId: home.wire.parameters.deviceId,
			lock: 'unlocked',
		}) as object;

	it('Stop: the node fails, and nothing leaves it', async () => {
		const { run } = await home.readEach(items(), {});
		expect(run.status).toBe('error');
		expect(run.data.resultData.error).toMatchObject({ name: 'NodeOperationError', message });
		expect([...run.items('Node', 0), ...run.items('Node', 1)]).toEqual([]);
	});

	it('Continue: both leave by the only output, each paired with its input', async () => {
		const { run } = await home.readEach(items(), { onError: 'continueRegularOutput' });
		expect(run.status).toBe('success');
		expect(run.items('Node')).toEqual([
			{ json: status(), pairedItem: { item: 0 } },
			{ json: failed(), pairedItem: { item: 1 } },
		]);
	});

	it('Continue (using error output): the failing one leaves by it, its fields kept', async () => {
		const { run } = await home.readEach(items(), { onError: 'continueErrorOutput' });
		expect(run.status).toBe('success');
		expect(run.json('Node', 0)).toEqual([status()]);
		// n8n puts the fields of the input item beside ours
		expect(run.json('Node', 1)).toEqual([{ id: BAD_ID, mine: 'bad', ...failed() }]);
	});
});
