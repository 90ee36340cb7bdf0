import { describeAnswers } from '../../../support/answerTable';
import { CONTINUE } from '../../../support/rig';
import type { ScriptedAnswer } from '../../../support/scriptedServer';
import { startScriptedRig, type ScriptedRig } from '../../../support/scriptedRig';
import { V2_ANSWERS, V3_ANSWERS } from './recordedAnswers';

describeAnswers('Smartcar v2.0', V2_ANSWERS);
describeAnswers('Smartcar v3', V3_ANSWERS);

describe('a reading of Smartcar v3', () => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Smartcar v3');
	});
	afterAll(async () => await rig.close());

	const notFound = (code: string) => ({
		status: 404,
		body: { errors: [{ status: '404', type: 'RESOURCE_NOT_FOUND', code }] },
	});
	it.each<[string, ScriptedAnswer, RegExp]>([
		[
			'VEHICLE_NOT_FOUND',
			notFound('VEHICLE_NOT_FOUND'),
			/VEHICLE_NOT_FOUND\): let the owner connect/,
		],
		['SIGNAL_NOT_FOUND', notFound('SIGNAL_NOT_FOUND'), /webhook.*SIGNAL_NOT_FOUND\)$/],
		['a 404 in no words of Smartcar', { status: 404, body: 'Not found' }, /webhook.*HTTP 404\)$/],
		['an empty list', { body: { data: [] } }, /webhook.*daily update$/],
	])('of a connected vehicle with %s is unknown, with the cause', async (_, answer, reason) => {
		const { item } = await rig.read(answer);
		expect(item).toMatchObject({ lock: 'unknown', secure: null, doors: {} });
		expect(item.reasons).toContainEqual(expect.stringMatching(reason));
		const isSubscribed = /subscribe/.test((item.reasons as string[]).join());
		expect(isSubscribed).toBe(!`${reason}`.startsWith('/VEHICLE'));
	});

	it.each([0.5, -1, 600, '40x', true])(
		'refused with the status %s has no such HTTP status',
		async (status) => {
			const body = { errors: [{ status, type: 'PERMISSION', code: 'UNKNOWN' }] };
			const { error } = await rig.read({ body });
			expect(error).toMatchObject({ reason: 'permission', httpStatus: 200 });
		},
	);

	it('of a vehicle that no connection names is not found', async () => {
		const { error } = await rig.run(
			{ operation: 'getLockStatus' },
			{ 'GET /v3/connections': { body: { data: [], links: {} } } },
		);
		expect(error).toMatchObject({ reason: 'notFound', retryable: false });
	});

	it.each([
		['tailgate', 'reartrunk'],
		['reartrunk', 'tailgate'],
	])('whose %s is open is not secure though the %s is closed', async (open, closed) => {
		const signals = [
			lockSignal({ value: 'SUCCESS' }),
			openingSignal(`closure-${open}`, true),
			openingSignal(`closure-${closed}`, false),
		];
		const { item } = await rig.read({ body: { data: signals } });
		expect(item).toMatchObject({ secure: false, openings: { trunk: 'open' } });
	});

	it('whose signal has an impossible time is still a reading', async () => {
		const signal = { ...lockSignal({ value: 'SUCCESS' }), meta: { oemUpdatedAt: 1.7e18 } };
		const { item } = await rig.read({ body: { data: [signal] } });
		expect(item).toMatchObject({ lock: 'locked', observedAt: null });
	});

	it.each([
		['nothing stored', { data: [], meta: { totalCount: 0 } }],
		['a signal that may not be read', { data: [withError('PERMISSION', 'UNKNOWN')] }],
		[
			'an error that still carries an old value',
			{ data: [withError('VEHICLE_STATE', 'UNREACHABLE')] },
		],
	])('with %s shows no lock state', async (_, body) => {
		const { item } = await rig.read({ body });
		expect(item).toMatchObject({ lock: 'unknown', secure: null });
	});
});

describe('a list that does not end', () => {
	const CONNECTIONS = 'GET /v3/connections';
	const NEXT = { next: '/v3/connections?page[number]=2' };

	/** Another vehicle on each page. */
	function stranger(url: string) {
		const page = new URL(url, 'http://smartcar').searchParams.get('page[number]');
		const related = (type: string) => ({ data: { id: `${type}-${page}`, type } });
		const relationships = { vehicle: related('vehicle'), user: related('user') };
		return { body: { data: [{ attributes: {}, relationships }], links: NEXT } };
	}

	it('of connections delays no command once it has listed the vehicle', async () => {
		const rig = await startScriptedRig('Smartcar v3');
		const { body } = rig.api.usual[CONNECTIONS]!;
		const answers = { [CONNECTIONS]: { body: { ...(body as object), links: NEXT } } };
		const { item, commands } = await rig.run({ operation: 'lock' }, answers);
		expect([item.sent, commands, rig.server.count(CONNECTIONS)]).toEqual([true, 1, 1]);
		await rig.run({ operation: 'getMany' }, answers);
		expect(rig.server.count(CONNECTIONS)).toBe(2);
		await rig.close();
	});

	it('of connections is given up with an error', async () => {
		const rig = await startScriptedRig('Smartcar v3');
		const { error } = await rig.run({ operation: 'lock' }, { [CONNECTIONS]: stranger });
		await rig.close();
		expect(error).toMatchObject({ reason: 'upstream', evidence: 'none', retryable: true });
		expect(error.message).toMatch(/^Smartcar's list of vehicles does not end\./);
	});

	it('of v2.0 without a count continues to the page that is not full', async () => {
		const rig = await startScriptedRig('Smartcar v2.0');
		const ids = Array.from({ length: 60 }, (_, index) => `vehicle-${index}`);
		const page = (url: string) => {
			const { searchParams } = new URL(url, 'http://smartcar');
			const offset = Number(searchParams.get('offset'));
			return { body: { vehicles: ids.slice(offset, offset + Number(searchParams.get('limit'))) } };
		};
		const { run } = await rig.run({ operation: 'getMany' }, { 'GET /v2.0/vehicles': page });
		await rig.close();
		expect(run.items('Node')).toHaveLength(60);
		// the second page is not full
		expect(rig.server.count('GET /v2.0/vehicles')).toBe(2);
	});

	it('of v2.0 ends when a page has nothing new', async () => {
		const rig = await startScriptedRig('Smartcar v2.0');
		const VEHICLES = 'GET /v2.0/vehicles';
		const page = { body: { vehicles: [rig.api.parameters.deviceId], paging: { count: 500 } } };
		const { run } = await rig.run(
			{ operation: 'getLockStatus', target: 'all' },
			{ [VEHICLES]: page },
		);
		await rig.close();
		expect([run.items('Node').length, rig.server.count(VEHICLES)]).toEqual([1, 2]);
	});
});

describe('the status of a command in Smartcar v3:', () => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Smartcar v3');
	});
	afterAll(async () => await rig.close());

	const execution = (status: object) => ({
		type: 'command-execution',
		attributes: { commandType: 'security-lock', status, executionMode: 'sync' },
	});
	const locked = (oemUpdatedAt: string) => {
		const status = { value: 'SUCCESS' };
		const attributes = { code: 'closure-islocked', status, body: { value: true } };
		return { [rig.api.reading]: { body: { data: [{ attributes, meta: { oemUpdatedAt } }] } } };
	};
	const BEFORE = '2026-11-21T22:20:00Z';

	it.each<[string, object]>([
		['wrapped', { data: execution({ value: 'SUCCESS' }) }],
		['bare, as in the mocks of the SDKs', { id: 'exec_1', ...execution({ value: 'SUCCESS' }) }],
	])('SUCCESS is acknowledged (%s)', async (_, body) => {
		expect((await rig.lock({ body })).item).toMatchObject({
			evidence: 'acknowledged',
			sent: true,
		});
	});

	it.each(['PENDING', 'bare PENDING'])('%s that does not end is notConfirmed', async (words) => {
		const pending = execution({ value: 'PENDING' });
		const body = words === 'PENDING' ? { data: pending } : pending;
		const { error, commands, readings } = await rig.lock({ body });
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
		expect([commands, readings > 1]).toEqual([1, true]);
	});

	describe.each(['IN_PROGRESS', 'QUEUED', 'TIMEOUT', 'UNKNOWN', 'success', 'COMPLETED'])(
		'%s, which is unknown,',
		(value) => {
			it('has an unknown outcome, and Retry On Fail does not send again', async () => {
				const body = { data: execution({ value }) };
				const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
				const { item, commands } = await rig.lock({ body }, {}, { ...CONTINUE, ...retry });
				expect(item.error).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
				expect(item.message).toMatch(/^It is not known whether/);
				expect(commands).toBe(1);
			});

			it('makes the node read the vehicle, which is locked', async () => {
				const { item } = await rig.lock({ body: { data: execution({ value }) } }, locked(BEFORE));
				expect(item).toMatchObject({ evidence: 'acknowledged', status: { lock: 'locked' } });
			});
		},
	);

	const OPEN = { reason: 'rejected', evidence: 'unknown', sent: true, retryable: false };
	it('FAILURE without an error makes the node read the vehicle, which is locked', async () => {
		const body = { data: execution({ value: 'FAILURE' }) };
		const { item, commands } = await rig.lock({ body }, locked(BEFORE));
		expect(item).toMatchObject({ evidence: 'acknowledged', sent: true });
		expect(commands).toBe(1);
	});

	it.each<[string, unknown, object]>([
		['no error', undefined, OPEN],
		['an error of a type nobody knows', { type: 'NEWS' }, OPEN],
		['a refusal of a type nobody knows', { type: 'NEWS', status: '409' }, OPEN],
		['a state of the vehicle without a name', { type: 'VEHICLE_STATE', code: null }, OPEN],
		['a state that Smartcar does not know', { type: 'VEHICLE_STATE', code: 'UNKNOWN' }, OPEN],
		[
			'UNREACHABLE',
			{ type: 'VEHICLE_STATE', code: 'UNREACHABLE' },
			{ reason: 'offline', evidence: 'none', retryable: true },
		],
		[
			'DOOR_OPEN',
			{ type: 'VEHICLE_STATE', code: 'DOOR_OPEN', status: '409' },
			{ reason: 'doorOpen', evidence: 'none', httpStatus: 409 },
		],
		[
			'a breakdown at the maker',
			{ type: 'UPSTREAM', code: 'NO_RESPONSE' },
			{ reason: 'upstream', evidence: 'unknown', retryable: false },
		],
	])('FAILURE with %s', async (_, told, expected) => {
		const body = { data: execution({ value: 'FAILURE', error: told }) };
		const { error, commands } = await rig.lock({ body });
		expect(error).toMatchObject(expected);
		expect(commands).toBe(1);
	});
});

describe('doors of Smartcar v3 without a valid place', () => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Smartcar v3');
	});
	afterAll(async () => await rig.close());

	const place = (change: object) => ({ row: 0, column: 0, isOpen: false, ...change });
	it.each<[string, unknown]>([
		['no body', undefined],
		['null', null],
		['values of null', { values: null, rowCount: 2, columnCount: 2 }],
		['no places', { values: [] }],
		['places nobody has seen yet', { values: [place({ row: 7 }), place({ row: 'front' }), null] }],
	])('(%s) are unknown', async (_, body) => {
		const status = { value: 'SUCCESS' };
		const signals = [
			{ code: 'closure-islocked', status, body: { value: true } },
			{ code: 'closure-doors', status, body },
		];
		const data = signals.map((attributes) => ({ id: attributes.code, attributes }));
		const { item } = await rig.read({ body: { data } });
		expect(item).toMatchObject({ lock: 'locked', secure: null });
		expect(item.doors).toEqual({
			frontLeft: 'unknown',
			frontRight: 'unknown',
			rearLeft: 'unknown',
			rearRight: 'unknown',
		});
	});
});

function withError(type: string, code: string) {
	return lockSignal({ value: 'ERROR', error: { type, code } });
}

function openingSignal(code: string, isOpen: boolean) {
	return { id: code, attributes: { code, status: { value: 'SUCCESS' }, body: { isOpen } } };
}

function lockSignal(status: object) {
	return {
		id: 'closure-islocked',
		attributes: { code: 'closure-islocked', status, body: { value: true } },
		meta: { ingestedAt: '2026-06-30T00:03:55.110Z' },
	};
}

describe.each(['Smartcar v2.0', 'Smartcar v3'] as const)('a breakdown of %s', (name) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	it.each(['UNKNOWN', 'NEVER_SEEN'])('in the state %s leaves a command open', async (code) => {
		const body = { type: 'VEHICLE_STATE', code, description: 'No.' };
		const { error, commands } = await rig.lock({ status: 504, body });
		expect(error).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
		expect(commands).toBe(1);
	});

	it.each(['PERMISSION', 'AUTHENTICATION', 'VALIDATION', 'RATE_LIMIT'])(
		'leaves a command open, though its body is of type %s',
		async (type) => {
			const body = { type, code: 'NO_RESPONSE', description: 'No.' };
			const { error, commands } = await rig.lock({ status: 502, body });
			expect(error).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
			expect(commands).toBe(1);
		},
	);

	it('in a state that says that nothing was done is a refusal', async () => {
		const body = { type: 'VEHICLE_STATE', code: 'ASLEEP', description: 'No.' };
		const { error } = await rig.lock({ status: 504, body });
		expect(error).toMatchObject({ reason: 'asleep', evidence: 'none', sent: false });
	});
});
