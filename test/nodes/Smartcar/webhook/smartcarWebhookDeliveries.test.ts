import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { startSmartcarRig, type SmartcarRig } from '../../../support/smartcarRig';
import { START_MS } from '../../../support/virtualClock';
import { WebhookHost } from '../../../support/webhookHost';

let rig: SmartcarRig;
let host: WebhookHost;

beforeAll(async () => {
	rig = await startSmartcarRig();
});
beforeEach(() => {
	rig.setCredential({ managementToken: rig.simulator.managementToken, mode: 'live' });
});
afterEach(async () => await host.close());
afterAll(async () => await rig.close());

const EVENTS = ['doorClosed', 'doorOpened', 'locked', 'unlocked', 'vehicleError'];

async function start(parameters: IDataObject = {}) {
	const given = { events: EVENTS, ...parameters };
	const node = rig.engine.node('smartcarWebhookTrigger', given, { id: randomUUID() });
	host = await WebhookHost.start(rig.engine, node);
}

/** All deliveries are about the past. */
const T0 = START_MS - 3_600_000;
const minutes = (count: number) => T0 + count * 60_000;

const sign = (body: Buffer | string, token = rig.simulator.managementToken) =>
	createHmac('sha256', token).update(body).digest('hex');

async function post(body: Buffer | string, headers = { 'sc-signature': sign(body) }) {
	return await host.post(body, headers);
}

interface Told {
	locked?: boolean;
	/** The car's own time; `null` = none. */
	at?: number | null;
	/** `null` = none. */
	sequence?: number | null;
	isFirst?: boolean;
	vehicle?: IDataObject;
	/** Other times of the signal. */
	times?: IDataObject;
	meta?: IDataObject;
}

let lastSequence = T0;

function vehicleState(told: Told): IDataObject {
	const { locked = true, at = T0, isFirst = false, vehicle, times } = told;
	const { sequence = ++lastSequence, meta } = told;
	return {
		eventId: randomUUID(),
		eventType: 'VEHICLE_STATE',
		data: {
			user: { id: 'user' },
			vehicle: { id: 'car-1', make: 'TESLA', model: 'Model 3', mode: 'live', ...vehicle },
			signals: [
				{
					code: 'closure-islocked',
					name: 'IsLocked',
					group: 'Closure',
					body: { value: locked },
					status: { value: 'SUCCESS' },
					meta: { ...(at === null ? {} : { oemUpdatedAt: at }), ...times },
				},
			],
		},
		triggers: [{ type: isFirst ? 'FIRST_DELIVERY' : 'SIGNAL_UPDATED' }],
		meta: {
			version: '4.0',
			mode: 'LIVE',
			deliveredAt: T0,
			...(sequence === null ? {} : { sequence }),
			...meta,
		},
	};
}

function vehicleError(
	code: string,
	state: string,
	meta: IDataObject,
	signals: unknown[] = [],
): IDataObject {
	const errors = [{ type: 'VEHICLE_STATE', code, state, signals }];
	return {
		eventId: randomUUID(),
		eventType: 'VEHICLE_ERROR',
		data: { vehicle: { id: 'car-1' }, errors },
		meta,
	};
}

const tell = async (told: Told) => await post(JSON.stringify(vehicleState(told)));
const events = () => host.items.map(({ event }) => event);
const late = () => (host.storedOfNode.watch as IDataObject).late;

describe('the order of deliveries', () => {
	it('is not upset by a car whose clock was ahead once', async () => {
		await start();
		await tell({ isFirst: true });
		await tell({ at: START_MS + 24 * 3_600_000 });
		await tell({ locked: false, at: minutes(1) });
		expect(events()).toEqual(['unlocked']);
	});

	it('is that of the sequence where a delivery lacks the time of the car', async () => {
		await start();
		await tell({ isFirst: true, sequence: minutes(5) });
		await tell({ at: null, sequence: minutes(10) });
		// the car changed before Smartcar numbered the previous delivery, and Smartcar reported it
		// later
		await tell({ locked: false, at: minutes(9), sequence: minutes(11) });
		expect(events()).toEqual(['unlocked']);
		await tell({ at: null, sequence: minutes(8) });
		expect(events()).toEqual(['unlocked']);
		expect(late()).toBe(1);
	});

	it('is that of the sequence within one time of the car', async () => {
		await start();
		await tell({ isFirst: true });
		for (const locked of [false, true, false]) await tell({ locked, at: minutes(1) });
		expect(events()).toEqual(['unlocked', 'locked', 'unlocked']);
	});

	it.each<[string, Told, Told]>([
		['with one time of the car', { at: minutes(1) }, { at: minutes(1) }],
		[
			'without a time of the car',
			{ at: null, times: { retrievedAt: minutes(2) } },
			{ at: null, times: { retrievedAt: minutes(1) } },
		],
		[
			'in the documented form',
			{ at: null, times: { fetchedAt: minutes(2) } },
			{ at: null, times: { fetchedAt: minutes(1) } },
		],
	])(
		'is not that of the deliveries where there is no sequence, %s: a retry comes later',
		async (_what, newer, older) => {
			await start();
			await tell({ isFirst: true, sequence: null, at: null });
			await tell({ ...newer, sequence: null, meta: { deliveredAt: minutes(3) } });
			await tell({ ...older, locked: false, sequence: null, meta: { deliveredAt: minutes(4) } });
			expect(events()).toEqual([]);
			expect(late()).toBe(1);
		},
	);

	it('is that of their arrival if there are no times', async () => {
		await start();
		for (const locked of [true, false, true]) await tell({ locked, sequence: null, at: null });
		expect(events()).toEqual(['unlocked', 'locked']);
		await tell({ locked: false, sequence: null, at: minutes(1) });
		expect(events()).toHaveLength(3);
	});

	it('of errors: one that is over already does not come back', async () => {
		await start();
		await post(JSON.stringify(vehicleError('ASLEEP', 'RESOLVED', { sequence: 2 })));
		host.restart();
		await post(JSON.stringify(vehicleError('ASLEEP', 'ERROR', { sequence: 1 })));
		await post(JSON.stringify(vehicleError('IN_MOTION', 'ERROR', { sequence: 1 })));
		await post(JSON.stringify(vehicleError('ASLEEP', 'ERROR', { sequence: 3 })));
		expect(host.items.map(({ code, state }) => [code, state])).toEqual([
			['ASLEEP', 'resolved'],
			['IN_MOTION', 'error'],
			['ASLEEP', 'error'],
		]);
		expect(late()).toBe(1);
	});

	it('of errors is one for each set of signals: what overtakes one of them is no news of the others', async () => {
		await start();
		const [lock, doors] = ['closure-islocked', 'closure-doors'];
		await post(JSON.stringify(vehicleError('UNAVAILABLE', 'ERROR', { sequence: 2 }, [doors])));
		await post(JSON.stringify(vehicleError('UNAVAILABLE', 'ERROR', { sequence: 1 }, [lock])));
		await post(JSON.stringify(vehicleError('UNAVAILABLE', 'RESOLVED', { sequence: 4 }, [doors])));
		await post(JSON.stringify(vehicleError('UNAVAILABLE', 'ERROR', { sequence: 3 }, [doors])));
		expect(host.items.map(({ signals, state }) => [signals, state])).toEqual([
			[[doors], 'error'],
			[[lock], 'error'],
			[[doors], 'resolved'],
		]);
		expect(late()).toBe(1);
	});

	it('of errors: one that comes again with another one in the same instant is not emitted twice', async () => {
		await start();
		const sentAt = (seconds: number) => ({ deliveredAt: T0 + seconds * 1000 });
		await post(JSON.stringify(vehicleError('ASLEEP', 'ERROR', sentAt(0))));
		host.atOnce = 2;
		await Promise.all(
			[
				vehicleError('NO_IGNITION', 'ERROR', sentAt(360)),
				vehicleError('ASLEEP', 'ERROR', sentAt(5)),
			].map(async (error) => await post(JSON.stringify(error))),
		);
		expect(host.items.map(({ code }) => code)).toEqual(['ASLEEP', 'NO_IGNITION']);
	});

	it('of errors is not known without a sequence, and then each is emitted', async () => {
		await start();
		await post(JSON.stringify(vehicleError('ASLEEP', 'RESOLVED', {})));
		await post(JSON.stringify(vehicleError('ASLEEP', 'ERROR', {})));
		expect(host.items).toHaveLength(2);
	});
});

it('a very long error message is cut before it is shown', async () => {
	await start();
	const body = vehicleError('ASLEEP', 'ERROR', {});
	const [error] = (body.data as { errors: IDataObject[] }).errors;
	error!.description = 'It sleeps. '.repeat(3000);
	await post(JSON.stringify(body));
	const text = host.items[0]!.text as string;
	expect(text).toMatch(/^car-1 has a problem: It sleeps\..*…$/);
	expect(text.length).toBeLessThan(300);
});

it('first deliveries of one vehicle and another start nothing', async () => {
	await start();
	await tell({ isFirst: true });
	await tell({ isFirst: true, locked: false, at: minutes(1) });
	await tell({ vehicle: { id: 'car-2' } });
	expect(events()).toEqual([]);
});

it.each<[string, IDataObject]>([
	['nothing in it', { eventType: 'VEHICLE_STATE' }],
	['an unknown kind', { eventType: 'SOMETHING', data: { vehicle: { id: 'x' } } }],
	[
		'signals that are no list',
		{ eventType: 'VEHICLE_STATE', data: { vehicle: { id: 'x' }, signals: {} } },
	],
	[
		'nulls',
		{
			eventType: 'VEHICLE_STATE',
			data: {
				vehicle: { id: 'x', make: null },
				signals: [null, { code: 'closure-doors', body: null }],
			},
			triggers: null,
			meta: null,
		},
	],
	[
		'errors that are none',
		{ eventType: 'VEHICLE_ERROR', data: { vehicle: { id: 'x' }, errors: [null, {}] } },
	],
	['a time of the car that cannot be', vehicleState({ at: 1e17 })],
	[
		'a time of the fetching that cannot be',
		vehicleState({ at: null, times: { retrievedAt: 1e17 } }),
	],
	['a time of the delivery that cannot be', vehicleError('ASLEEP', 'ERROR', { deliveredAt: 1e17 })],
	['words for a time', vehicleState({ at: null, times: { oemUpdatedAt: 'soon' } })],
])('a delivery with %s is answered, and breaks nothing', async (_what, body) => {
	await start();
	const { status } = await post(JSON.stringify({ eventId: randomUUID(), ...body }));
	expect(status).toBe(200);
	expect(host.errors).toEqual([]);
});

it.each([{ eventType: 'SOMETHING_NEW' }, { eventType: 'VEHICLE_STATE', data: {} }])(
	'%j is left out, which is logged once',
	async (body) => {
		await start();
		for (let n = 0; n < 3; n++) {
			await post(JSON.stringify({ eventId: randomUUID(), ...body }));
			await tell({ isFirst: true });
		}
		expect(host.log).toEqual([expect.stringMatching(/left out a delivery.*kind \([A-Z_]+\)/)]);
	},
);

it.each([
	[new Date(minutes(1)).toISOString(), minutes(1)],
	[minutes(1) / 1000, minutes(1)],
	[minutes(1), minutes(1)],
])('the time of a delivery, written as %j, is that of an error', async (deliveredAt, atMs) => {
	await start();
	await post(JSON.stringify(vehicleError('ASLEEP', 'ERROR', { deliveredAt })));
	expect(host.items).toMatchObject([{ observedAt: new Date(atMs).toISOString() }]);
});

it('a time of the car in microseconds does not silence it forever', async () => {
	await start();
	await tell({ isFirst: true, at: T0 * 1000 });
	await tell({ locked: false, at: minutes(1) });
	expect(events()).toEqual(['unlocked']);
});

it('the status has the fetch time if the car gives none, under the documented name too', async () => {
	await start();
	await tell({ isFirst: true, at: null });
	await tell({ locked: false, at: null, times: { fetchedAt: minutes(1) } });
	expect(host.items[0]!.status).toMatchObject({ observedAt: new Date(minutes(1)).toISOString() });
});

it('the ids of vehicles are compared without regard to case', async () => {
	await start({ deviceIds: ['CAR-1'] });
	await tell({ isFirst: true });
	await tell({ locked: false, at: minutes(1) });
	expect(events()).toEqual(['unlocked']);
});

describe('a signal of the lock', () => {
	const signalOf = (more: IDataObject, minute: number) => ({
		code: 'closure-islocked',
		name: 'IsLocked',
		group: 'Closure',
		meta: { oemUpdatedAt: minutes(minute) },
		...more,
	});
	const deliver = async (more: IDataObject, minute: number) => {
		const event = vehicleState({ isFirst: minute === 0 });
		const data = { ...(event.data as IDataObject), signals: [signalOf(more, minute)] };
		await post(JSON.stringify({ ...event, data }));
	};

	it.each<[string, string[], IDataObject]>([
		['with a body and no status is good', ['unlocked'], { body: { value: false } }],
		['with a status of null, too', ['unlocked'], { body: { value: false }, status: null }],
		['without status and body gives no value', [], {}],
		['with a body of null gives no value', [], { body: null }],
		['with an empty status gives no value', [], { body: { value: false }, status: {} }],
		['that failed gives no value', [], { status: { value: 'ERROR' } }],
		[
			'that failed gives no event, whatever value it still has',
			[],
			{ body: { value: false }, status: { value: 'ERROR' } },
		],
		[
			'in an unknown state gives no event',
			[],
			{ body: { value: false }, status: { value: 'STALE' } },
		],
	])('%s', async (_what, expected, second) => {
		await start();
		await deliver({ body: { value: true } }, 0);
		await deliver(second, 1);
		expect(events()).toEqual(expected);
	});
});

describe('errors of a vehicle', () => {
	const closure = { name: 'Doors', group: 'Closure', code: 'closure-doors' };
	const role = { name: 'Role', group: 'VehicleUserAccount', code: 'vehicleuseraccount-role' };
	const about = async (signals: unknown[], code = 'ASLEEP', state = 'ERROR', atMinute = 0) => {
		const meta = { deliveredAt: minutes(atMinute) };
		await post(JSON.stringify(vehicleError(code, state, meta, signals)));
	};

	it.each<[string, unknown[], string[] | undefined]>([
		['doors', [closure], ['closure-doors']],
		['doors and something else', [role, closure], ['closure-doors', 'vehicleuseraccount-role']],
		['something else', [role], undefined],
		['nothing in particular, so the whole vehicle', [], []],
		['doors, in one word', ['Closure.IsLocked'], ['closure-islocked']],
		['something else, in one word', ['TractionBattery.StateOfCharge'], undefined],
		['doors, without a code', [{ name: 'Doors', group: 'Closure' }], ['closure-doors']],
		['what cannot be', [null, 7, {}], []],
	])('about %s: starts the workflow with %j', async (_what, signals, expected) => {
		await start();
		await about(signals);
		const found = host.items.map((item) => item.signals);
		expect(found).toEqual(expected === undefined ? [] : [expected]);
	});

	it('of the account at the maker are about the whole vehicle, whatever signals they name', async () => {
		await start();
		const event = vehicleError('AUTHENTICATION_FAILED', 'ERROR', {}, [role]);
		const text = JSON.stringify(event).replace('VEHICLE_STATE', 'CONNECTED_SERVICES_ACCOUNT');
		await post(text);
		expect(host.items).toMatchObject([{ reason: 'authentication' }]);
	});

	it('about anything start the workflow when that is chosen', async () => {
		await start({ vehicleErrorsAbout: 'all' });
		await about([role]);
		expect(host.items).toMatchObject([{ signals: ['vehicleuseraccount-role'] }]);
	});

	it('need a valid choice', async () => {
		await start({ vehicleErrorsAbout: 'doors' });
		await about([closure]);
		expect(host.errors).toMatchObject([
			{ message: expect.stringMatching(/'Vehicle Errors About' cannot be "doors"/) as string },
		]);
		await expect(host.publish()).rejects.toThrow(/'Vehicle Errors About'/);
	});

	it('that Smartcar reports twice, under two event ids, start the workflow once', async () => {
		await start();
		await about([closure, role]);
		await about([role, closure], 'ASLEEP', 'ERROR', 0.015);
		await about([closure, role], 'ASLEEP', 'ERROR', 4.9);
		expect(host.items).toHaveLength(1);
	});

	it('are other ones when the code, the signals, the vehicle or the state differ', async () => {
		await start();
		await about([closure]);
		await about([closure], 'UNREACHABLE');
		await about([]);
		await about([closure], 'ASLEEP', 'RESOLVED');
		// and then it returns
		await about([closure]);
		expect(host.items.map(({ code, state }) => [code, state])).toEqual([
			['ASLEEP', 'error'],
			['UNREACHABLE', 'error'],
			['ASLEEP', 'error'],
			['ASLEEP', 'resolved'],
			['ASLEEP', 'error'],
		]);
	});

	it('are news again after five minutes', async () => {
		await start();
		for (const minute of [0, 4, 5, 9, 10]) await about([closure], 'ASLEEP', 'ERROR', minute);
		expect(host.items.map(({ observedAt }) => observedAt)).toEqual(
			[0, 5, 10].map((minute) => new Date(minutes(minute)).toISOString()),
		);
	});
});

describe('tests', () => {
	it.each([
		['live', { mode: 'TEST' }, 'live', []],
		['live', { mode: 'LIVE' }, 'simulated', []],
		['simulated', { mode: 'LIVE' }, 'simulated', ['unlocked']],
		['simulated', { mode: 'TEST' }, 'simulated', ['unlocked']],
		['simulated', { mode: 'LIVE' }, 'live', []],
	])(
		'with the credential in the mode %s, a delivery with %j about a %s vehicle gives %j',
		async (mode, meta, vehicleMode, expected) => {
			rig.setCredential({ mode });
			await start();
			const vehicle = { mode: vehicleMode };
			await tell({ isFirst: true, vehicle, meta });
			await tell({ locked: false, at: minutes(1), vehicle, meta });
			expect(events()).toEqual(expected);
		},
	);
});

describe('signatures', () => {
	it.each<[string, number, (body: string) => string]>([
		['of the bytes', 200, (body) => sign(body)],
		['in capitals', 401, (body) => sign(body).toUpperCase()],
		['that is empty', 401, () => ''],
		['that is cut', 401, (body) => sign(body).slice(0, -1)],
		['that is very long', 401, (body) => sign(body) + 'a'.repeat(8000)],
		['with an empty key', 401, (body) => sign(body, '')],
		['in base64', 401, (body) => Buffer.from(sign(body), 'hex').toString('base64')],
	])('%s get %i', async (_what, status, signatureOf) => {
		await start();
		const body = JSON.stringify(vehicleState({}));
		expect((await post(body, { 'sc-signature': signatureOf(body) })).status).toBe(status);
		expect(host.errors).toEqual([]);
	});

	it.each<[string, number, () => Buffer]>([
		['odd spacing', 200, () => Buffer.from(JSON.stringify(vehicleState({}), null, 3))],
		[
			'escaped letters',
			200,
			() => Buffer.from(JSON.stringify(vehicleState({})).replace('TESLA', '\\u0054ESLA')),
		],
		['exactly 50 kB', 200, () => ofLength(50 * 1024)],
		['one byte more', 400, () => ofLength(50 * 1024 + 1)],
	])('are those of the bytes: a body with %s gets %i', async (_what, status, make) => {
		await start();
		expect((await post(make())).status).toBe(status);
	});

	const ofLength = (length: number) => {
		const state = vehicleState({});
		const padding = 'x'.repeat(length - JSON.stringify({ ...state, padding: '' }).length);
		return Buffer.from(JSON.stringify({ ...state, padding }));
	};

	it('of a challenge that are wrong get 401', async () => {
		await start();
		const body = JSON.stringify({ eventType: 'VERIFY', data: { challenge: 'abc' } });
		expect((await post(body, { 'sc-signature': 'wrong' })).status).toBe(401);
	});

	it('cannot be checked without a credential: 401, and nothing is started or broken', async () => {
		await start();
		host.node.credentials = {};
		expect((await post(JSON.stringify(vehicleState({})))).status).toBe(401);
		expect(host.errors).toEqual([]);
	});
});
