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

function withError(type: string, code: string) {
	return lockSignal({ value: 'ERROR', error: { type, code } });
}

function lockSignal(status: object) {
	return {
		id: 'closure-islocked',
		attributes: { code: 'closure-islocked', status, body: { value: true } },
		meta: { ingestedAt: '2026-06-30T00:03:55.110Z' },
	};
}
