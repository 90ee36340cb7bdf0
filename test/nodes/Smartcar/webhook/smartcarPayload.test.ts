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
	return contentOf({ raw: Buffer.alloc(0), body, header: () => undefined })?.sequence;
}

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
