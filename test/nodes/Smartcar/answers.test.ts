import { describeAnswers } from '../../support/answerTable';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';
import { V2_ANSWERS, V3_ANSWERS } from './recordedAnswers';

describeAnswers('Smartcar v2.0', V2_ANSWERS);
describeAnswers('Smartcar v3', V3_ANSWERS);

describe('a reading of Smartcar v3', () => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome('Smartcar v3');
	});
	afterAll(async () => await home.close());

	it.each(['VEHICLE_NOT_FOUND', 'SIGNAL_NOT_FOUND'])(
		'that meets %s has stored nothing, which is unknown and never closed',
		async (code) => {
			const body = { errors: [{ status: '404', type: 'RESOURCE_NOT_FOUND', code }] };
			const { item } = await home.read({ status: 404, body });
			expect(item).toMatchObject({ lock: 'unknown', secure: null, doors: {} });
			expect(item.reasons).toContainEqual(expect.stringMatching(/subscribe it to a webhook/));
		},
	);

	it.each([
		['tailgate', 'reartrunk'],
		['reartrunk', 'tailgate'],
	])('whose %s is open is not secure though the %s is closed', async (open, closed) => {
		const signals = [
			lockSignal({ value: 'SUCCESS' }),
			openingSignal(`closure-${open}`, true),
			openingSignal(`closure-${closed}`, false),
		];
		const { item } = await home.read({ body: { data: signals } });
		expect(item).toMatchObject({ secure: false, openings: { trunk: 'open' } });
	});

	it('whose signal tells an impossible time is still a reading', async () => {
		const signal = { ...lockSignal({ value: 'SUCCESS' }), meta: { oemUpdatedAt: 1.7e18 } };
		const { item } = await home.read({ body: { data: [signal] } });
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
		const { item } = await home.read({ body });
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

	it('of connections holds no command back once it has told the vehicle', async () => {
		const home = await startScriptedHome('Smartcar v3');
		const { body } = home.wire.usual[CONNECTIONS]!;
		const answers = { [CONNECTIONS]: { body: { ...(body as object), links: NEXT } } };
		const { item, commands } = await home.run({ operation: 'lock' }, answers);
		expect([item.sent, commands, home.server.count(CONNECTIONS)]).toEqual([true, 1, 1]);
		await home.run({ operation: 'getMany' }, answers);
		expect(home.server.count(CONNECTIONS)).toBe(2);
		await home.close();
	});

	it('of connections is given up, and says so', async () => {
		const home = await startScriptedHome('Smartcar v3');
		const { error } = await home.run({ operation: 'lock' }, { [CONNECTIONS]: stranger });
		await home.close();
		expect(error).toMatchObject({ reason: 'upstream', evidence: 'none', retryable: true });
		expect(error.message).toMatch(/^Smartcar's list of vehicles does not end\./);
	});

	it('of v2.0 ends where it brings nothing new', async () => {
		const home = await startScriptedHome('Smartcar v2.0');
		const VEHICLES = 'GET /v2.0/vehicles';
		const page = { body: { vehicles: [home.wire.parameters.deviceId], paging: { count: 500 } } };
		const { run } = await home.run(
			{ operation: 'getLockStatus', target: 'all' },
			{ [VEHICLES]: page },
		);
		await home.close();
		expect([run.items('Node').length, home.server.count(VEHICLES)]).toEqual([1, 2]);
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
