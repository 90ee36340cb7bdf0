import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { MemoryReply, MemoryWire } from '../support/memoryWire';
import { START_MS } from '../support/virtualClock';
import { fuzzCase, type FuzzCase } from './fuzz';
import { mutated } from './mutations';
import {
	isObject,
	objectOf,
	truthOfDevice,
	truthOfSecurity,
	truthOfSignals,
	truthOfVolvo,
	WHAT_WAS_READ,
	type Json,
	type Truth,
} from './oracle';
import { received, replies, truthIn, type Received } from './received';
import { eventViolations, judged } from './rules';
import * as samples from './samples';

const { LOCK_ID, SECRETS, VEHICLE_ID, VIN } = samples;

const CAR_EVENTS = [
	'doorClosed',
	'doorOpened',
	'locked',
	'unlocked',
	'windowClosed',
	'windowOpened',
];

const one = (list: readonly unknown[]) => mutated(list).map(received);
const first = (list: readonly unknown[], index: number) => received(list[index]);

let count = 0;

interface PolledCar {
	name: string;
	node: 'smartcarTrigger' | 'volvoTrigger';
	parameters: IDataObject;
	before: MemoryReply;
	after: (answer: Received) => MemoryReply;
	samples: readonly unknown[];
	truthOf: (json: unknown) => Truth;
}

/** A car that was unlocked and open, and then this answer. */
function polledCar(wire: () => MemoryWire, car: PolledCar): FuzzCase {
	return fuzzCase({
		name: car.name,
		inputs: one(car.samples),
		judge: (answer) => {
			const truth = truthIn(answer, car.truthOf);
			const parameters = { events: CAR_EVENTS, ...car.parameters };
			const node = wire().node(car.node, parameters, { id: `fuzz-${++count}` });
			return judged(
				answer.json,
				() => wire().poll(node, [car.before, car.after(answer)]),
				(item) => eventViolations(item, truth),
			);
		},
	});
}

function polledCars(wire: () => MemoryWire): FuzzCase[] {
	const connections = ['/connections', first(samples.CONNECTIONS, 0)] as const;
	const windows = (index: number) => ['/windows', first(samples.VOLVO_WINDOWS.v2, index)] as const;
	return [
		polledCar(wire, {
			name: 'Smartcar v2.0 security, polled',
			node: 'smartcarTrigger',
			parameters: { apiVersion: 'v2', deviceIds: [VEHICLE_ID] },
			before: replies([['/security', first(samples.SECURITY, 2)]]),
			after: (answer) => replies([['/security', answer]]),
			samples: samples.SECURITY,
			truthOf: (json) => truthOfSecurity(json, WHAT_WAS_READ),
		}),
		polledCar(wire, {
			name: 'Smartcar v3 signals, polled',
			node: 'smartcarTrigger',
			parameters: { apiVersion: 'v3', deviceIds: [VEHICLE_ID] },
			before: replies([connections, ['/signals', first(samples.SIGNALS, 2)]]),
			after: (answer) => replies([connections, ['/signals', answer]]),
			samples: samples.SIGNALS,
			truthOf: (json) => truthOfSignals(objectOf(json).data, WHAT_WAS_READ),
		}),
		polledCar(wire, {
			name: 'Volvo v2 doors, polled',
			node: 'volvoTrigger',
			parameters: { apiVersion: 'v2', deviceIds: [VIN] },
			before: replies([['/doors', first(samples.VOLVO_DOORS.v2, 2)], windows(0)]),
			after: (answer) => replies([['/doors', answer], windows(0)]),
			samples: samples.VOLVO_DOORS.v2,
			truthOf: (json) => truthOfVolvo(json, first(samples.VOLVO_WINDOWS.v2, 0).json),
		}),
	];
}

function smartcarPush(wire: () => MemoryWire): FuzzCase {
	const delivery = (body: unknown) => {
		const raw = Buffer.from(JSON.stringify(body) ?? '');
		const signature = createHmac('sha256', SECRETS.management).update(raw).digest('hex');
		return { raw, headers: { 'sc-signature': signature } };
	};
	return fuzzCase({
		name: 'Smartcar webhook deliveries',
		inputs: mutated(samples.DELIVERIES),
		judge: (input) => {
			const body = JSON.parse(JSON.stringify(input) ?? 'null') as unknown;
			const truth = truthOfSignals(objectOf(objectOf(body).data).signals, WHAT_WAS_READ);
			const events = [...CAR_EVENTS, 'vehicleError'];
			const node = wire().node('smartcarWebhookTrigger', { events }, { id: `fuzz-${++count}` });
			return judged(
				body,
				() =>
					wire().deliver(
						node,
						{},
						[delivery(samples.BASELINE_DELIVERY), delivery(input)],
						replies([]),
					),
				(item) => eventViolations(item, truth),
			);
		},
	});
}

const KEY = Buffer.from('a-signing-key-of-the-fuzz');
const OWN_WEBHOOK = {
	webhookId: 'w1',
	url: 'https://n8n.example/webhook',
	secret: `whsec_${KEY.toString('base64')}`,
	eventTypes: ['lock.locked'],
};

function seamPush(wire: () => MemoryWire): FuzzCase {
	const delivery = (body: unknown) => {
		const raw = Buffer.from(JSON.stringify(body) ?? '');
		const timestamp = String(START_MS / 1000);
		const signature = createHmac('sha256', KEY)
			.update(`msg_1.${timestamp}.`)
			.update(raw)
			.digest('base64');
		return {
			raw,
			headers: {
				'svix-id': 'msg_1',
				'svix-timestamp': timestamp,
				'svix-signature': `v1,${signature}`,
			},
		};
	};
	const events = ['accessDenied', 'deviceDisconnected', 'locked', 'lowBattery', 'unlocked'];
	return fuzzCase({
		name: 'Seam webhook events',
		inputs: mutated(samples.SEAM_DELIVERIES),
		judge: (input) => {
			const body = objectOf(JSON.parse(JSON.stringify(input) ?? 'null'));
			const device = samples.device(body.event_type === 'lock.locked');
			const reply = replies([['/devices/get', received({ body: { ok: true, device } })]]);
			const truth = {
				...truthOfDevice(device),
				isLocked: body.event_type === 'lock.locked',
				isUnlocked: body.event_type !== 'lock.locked',
			};
			const node = wire().node('seamWebhookTrigger', { events }, { id: `fuzz-${++count}` });
			return judged(
				body,
				() => wire().deliver(node, { webhook: { ...OWN_WEBHOOK } }, [delivery(input)], reply),
				(item) => eventViolations(item, truth),
			);
		},
	});
}

function seamLog(wire: () => MemoryWire): FuzzCase {
	const events = ['doorClosed', 'doorOpened', 'locked', 'unlocked'];
	const state = (log: Received, device: Received) =>
		replies([
			['/events/list', log],
			['/devices/get', device],
		]);
	return fuzzCase({
		name: 'Seam event log, polled',
		inputs: fc.tuple(one(samples.EVENT_LISTS), one(samples.DEVICES.slice(0, 3)), fc.boolean()),
		judge: ([log, device, wasLocked]) => {
			const { events: entries } = objectOf(log.status === 200 ? log.json : {});
			const said = (type: string) =>
				Array.isArray(entries) &&
				entries.filter(isObject).some((entry: Json) => entry.event_type === type);
			const shown = truthIn(device, (json) => truthOfDevice(objectOf(json).device));
			const truth = {
				...shown,
				isLocked: shown.isLocked || said('lock.locked'),
				// the log is newer than the device, and an item shows its latest entry
				isUnlocked: shown.isUnlocked || said('lock.unlocked') || !wasLocked,
			};
			const node = wire().node(
				'seamTrigger',
				{ events, deviceIds: [LOCK_ID] },
				{ id: `fuzz-${++count}` },
			);
			const before = state(
				received({ body: { ok: true, events: [] } }),
				received({ body: { ok: true, device: samples.device(wasLocked, { door_open: true }) } }),
			);
			return judged(
				[log.json, device.json],
				() => wire().poll(node, [before, state(log, device)]),
				(item) => eventViolations(item, truth),
			);
		},
	});
}

export function triggerCases(wire: () => MemoryWire): FuzzCase[] {
	return [...polledCars(wire), smartcarPush(wire), seamLog(wire), seamPush(wire)];
}
