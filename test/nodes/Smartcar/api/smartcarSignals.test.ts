import { readingOfSignals } from '../../../../nodes/Smartcar/api/smartcarSignals';
import { observe } from '../../../../nodes/shared/triggers/changes/observe';

const AT = '2026-11-21T22:00:00.000Z';
const MISSING = { type: 'PERMISSION', code: null };

/** Signals in the form of a v3 answer, and of a webhook. */
const FORMS: Array<[string, (code: string, attributes: object) => object]> = [
	['v3', (code, more) => ({ id: code, attributes: { code, ...more }, meta: { oemUpdatedAt: AT } })],
	['webhook', (code, more) => ({ code, ...more, meta: { oemUpdatedAt: AT } })],
];

describe.each(FORMS)('%s', (_form, signal) => {
	const read = (...signals: object[]) => readingOfSignals('car', signals, {});

	it('a signal with a body and no status is valid', () => {
		const bodies: Array<[string, object]> = [
			['closure-islocked', { value: true }],
			['closure-doors', { values: [{ row: 0, column: 0, isOpen: true }], columnCount: 2 }],
			['closure-windows', { values: [{ row: 1, column: 1, isOpen: false }], columnCount: 2 }],
			['closure-sunroof', { isOpen: false }],
			['connectivitystatus-isonline', { value: true }],
		];
		const good = { status: { value: 'SUCCESS' } };
		const plain = read(...bodies.map(([code, body]) => signal(code, { body })));
		const said = read(...bodies.map(([code, body]) => signal(code, { body, ...good })));
		expect({ ...plain, raw: null }).toEqual({ ...said, raw: null });
		expect(plain).toMatchObject({
			lock: 'locked',
			doors: { frontLeft: 'open' },
			windows: { rearRight: 'closed' },
			openings: { sunroof: 'closed' },
			online: true,
			observedAt: AT,
			partTimes: { lock: AT, 'doors.frontLeft': AT },
		});
	});

	it.each([
		['no status and no body', {}],
		['no status and a body without a value', { body: {} }],
		['no status and a body that is none', { body: true }],
		['a status without a word', { status: {}, body: { value: true } }],
		['an error', { status: { value: 'ERROR', error: MISSING } }],
		[
			'an error and an old body',
			{ status: { value: 'ERROR', error: MISSING }, body: { value: true } },
		],
	])('one with %s reports nothing', (_what, attributes) => {
		expect(read(signal('closure-islocked', attributes)).lock).toBe('unknown');
	});
});

it('after a value with only retrievedAt, an earlier oemUpdatedAt still counts as newer', () => {
	const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);
	const signal = (value: boolean, meta: object, status = 'SUCCESS') => ({
		id: 'closure-islocked',
		type: 'signal',
		attributes: { code: 'closure-islocked', status: { value: status }, body: { value } },
		meta,
	});
	const rules = { events: new Set(['locked', 'unlocked'] as const), leftMinutes: 10 } as never;
	const first = readingOfSignals(
		'car',
		[signal(true, { oemUpdatedAt: '2026-11-21T08:00:00Z', retrievedAt: '2026-11-21T08:03:00Z' })],
		{},
	);
	const { known } = observe(undefined, { reading: first }, rules, at('08:10:00'));
	// the maker does not answer; Smartcar reports when it has tried
	const failed = readingOfSignals(
		'car',
		[signal(true, { retrievedAt: '2026-11-21T09:50:00Z' }, 'ERROR')],
		{},
	);
	const second = observe(known, { reading: failed }, rules, at('09:50:10'));
	const third = readingOfSignals(
		'car',
		[signal(false, { oemUpdatedAt: '2026-11-21T09:47:00Z', retrievedAt: '2026-11-21T10:03:00Z' })],
		{},
	);
	const { changes } = observe(second.known, { reading: third }, rules, at('11:30:00'));
	expect(changes).toMatchObject([{ event: 'unlocked' }]);
});
