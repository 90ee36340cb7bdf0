import { contentOf } from '../../../../nodes/Smartcar/webhook/smartcarPayload';

const AT = '2026-11-21T22:20:00.000Z';

function sequenceOf(sequence: unknown, retrievedAt: unknown = AT): number | undefined {
	const signals = [{ code: 'closure-islocked', meta: { retrievedAt } }];
	const body = {
		eventId: 'e1',
		eventType: 'VEHICLE_STATE',
		data: { vehicle: { id: 'v1' }, signals },
		meta: { sequence },
	};
	return contentOf(deliveryOf(body))?.sequence;
}

const deliveryOf = (body: Record<string, unknown>) => ({
	raw: Buffer.alloc(0),
	body,
	header: () => undefined,
});

it.each<[string, Record<string, unknown>]>([
	['which one it is', { eventType: 'VEHICLE_STATE', data: { vehicle: { id: 'v1' } } }],
	['which vehicle it is about', { eventType: 'VEHICLE_STATE', eventId: 'e1', data: {} }],
	['a kind that is known', { eventType: 'VEHICLE_SOLD', eventId: 'e1', vehicleId: 'v1' }],
])('a delivery that does not say %s has no content', (_, body) => {
	expect(contentOf(deliveryOf(body))).toBeUndefined();
});

it('an error is about the signals that it names, in both of the writings', () => {
	const signals = ['Closure.Doors', { code: 'closure-islocked' }, 'closure-doors', 7];
	const error = { type: 'PERMISSION', code: null, state: 'ERROR', signals };
	const body = { eventId: 'e1', eventType: 'VEHICLE_ERROR', vehicleId: 'v1' };
	expect(contentOf(deliveryOf({ ...body, data: { errors: [error] } }))).toMatchObject({
		name: 'v1',
		errors: [
			{
				type: 'PERMISSION',
				code: '',
				state: 'ERROR',
				signals: ['closure-doors', 'closure-islocked'],
			},
		],
	});
});

it('the words of an error are kept, and its signals sorted and named once', () => {
	const signals = [
		{ name: 'Windows', group: 'Closure' },
		{ name: 'Odometer' },
		'Closure.Doors',
		{ code: 'closure-doors' },
	];
	const error = { type: 'UPSTREAM', code: 'NO_RESPONSE', state: 'RESOLVED', signals };
	const body = { eventId: 'e1', eventType: 'VEHICLE_ERROR', vehicleId: 'v1' };
	const errors = [{ ...error, description: 'It sleeps.' }, null];
	const content = contentOf(deliveryOf({ ...body, data: { errors } }));
	expect(content).toMatchObject({ kind: 'errors', eventId: 'e1', deviceId: 'v1', isTest: false });
	expect(content).toHaveProperty('errors', [
		{
			type: 'UPSTREAM',
			code: 'NO_RESPONSE',
			state: 'RESOLVED',
			description: 'It sleeps.',
			signals: ['closure-doors', 'closure-windows', 'odometer'],
		},
		{ type: '', code: '', state: '', description: '', signals: [] },
	]);
});

const stateOf = (change: object) =>
	contentOf(
		deliveryOf({
			eventId: 'e1',
			eventType: 'VEHICLE_STATE',
			data: { vehicle: { id: 'v1' } },
			...change,
		}),
	);

it.each([
	['live', 'LIVE', false],
	['LIVE', undefined, false],
	[undefined, undefined, false],
	['live', 'test', true],
	[undefined, 'TEST', true],
	['simulated', 'LIVE', true],
	['test', undefined, true],
])('a delivery about a %s vehicle in the mode %s is a test: %s', (vehicleMode, mode, isTest) => {
	const data = { vehicle: { id: 'v1', mode: vehicleMode } };
	expect(stateOf({ data, meta: { mode } })).toMatchObject({ kind: 'state', isTest });
});

const FIRST = 'FIRST_DELIVERY';
it.each<[object, boolean]>([
	[{}, false],
	[{ triggers: [{ type: 'SIGNAL_UPDATED' }, { type: FIRST }] }, true],
	[{ triggers: [{ code: FIRST }, { code: 'SIGNAL_UPDATED' }] }, true],
	[{ data: { vehicle: { id: 'v1' }, triggers: [{ type: FIRST }] } }, true],
	[{ triggers: [{ type: 'SIGNAL_UPDATED' }] }, false],
])('a delivery with %j is the first: %s', (change, isFirst) => {
	expect(stateOf(change)).toMatchObject({ isFirst });
});

it('without a count the newest time of fetching decides, and else the arrival', () => {
	const LATER = '2026-11-21T22:25:00.000Z';
	const sequence = (...metas: object[]) => {
		const signals = metas.map((meta) => ({ code: 'closure-islocked', meta }));
		return stateOf({ data: { vehicle: { id: 'v1' }, signals } })?.sequence;
	};
	expect(sequence({ retrievedAt: AT }, { retrievedAt: LATER })).toBe(Date.parse(LATER));
	expect(sequence({ fetchedAt: LATER }, { retrievedAt: AT })).toBe(Date.parse(LATER));
	// of a car's own time only that it is there
	expect(sequence({}, { oemUpdatedAt: AT })).toBe(0);
	expect(sequence({}, {})).toBeUndefined();
});

it('the place of a delivery is what it is counted as', () => {
	expect([0, 7, -1].map((count) => sequenceOf(count))).toEqual([0, 7, -1]);
});

it.each([1e300, Infinity, NaN, 0.5, '7', null])(
	'%p counts nothing, and the time decides',
	(count) => {
		expect(sequenceOf(count)).toBe(Date.parse(AT));
	},
);

it('without either the order of arrival decides', () => {
	expect(sequenceOf(undefined, '0001-01-01T00:00:00Z')).toBeUndefined();
});
