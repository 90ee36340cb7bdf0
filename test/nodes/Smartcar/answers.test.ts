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

describe('the doors of Smartcar v3 that are told without a valid place', () => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome('Smartcar v3');
	});
	afterAll(async () => await home.close());

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
		const { item } = await home.read({ body: { data } });
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
	return {
		id: 'closure-islocked',
		attributes: {
			code: 'closure-islocked',
			status: { value: 'ERROR', error: { type, code } },
			body: { value: true },
		},
		meta: { ingestedAt: '2026-06-30T00:03:55.110Z' },
	};
}
