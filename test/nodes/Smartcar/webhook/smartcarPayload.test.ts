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
