import { z } from 'zod';
import { isoTime } from '../shared/clock';
import { parseJson } from '../shared/json';
import { COMMAND_PATHS, READ_SCOPES } from './commandPaths';
import type { Order } from './commands';
import { LONGEST_ARMED_SECONDS } from './commands';
import type { VehicleCall, VolvoEndpoint } from './endpoint';
import { onVehicle } from './endpoint';
import type { Invocation } from './invocations';
import type { VolvoAnswer } from './volvoAnswer';
import { badRequest, COMMAND_REFUSALS, notFound, V1_BASE } from './volvoAnswer';
import type { DoorName, ReportedValue, WindowName } from './volvoTypes';
import type { VolvoWorld } from './volvoWorld';

const mediaType = (name: string): string =>
	`application/vnd.volvocars.api.connected-vehicle.${name}.v1+json`;

const ACCESSIBILITY = 'commands.accessibility';
const INVOKED = 'commandinvokeresponse';
const REQUEST_DETAILS = 'requestdetailresponse';

const reply = (type: string, body: unknown, status = 200): VolvoAnswer => ({
	status,
	mediaType: mediaType(type),
	body,
});

/** v1's names for v2's parts. Tank lid and sunroof exist only in v2. */
const DOORS: ReadonlyArray<readonly [string, DoorName]> = [
	['carLocked', 'centralLock'],
	['frontLeft', 'frontLeftDoor'],
	['frontRight', 'frontRightDoor'],
	['rearLeft', 'rearLeftDoor'],
	['rearRight', 'rearRightDoor'],
	['tailGate', 'tailgate'],
	['hood', 'hood'],
];
const WINDOWS: ReadonlyArray<readonly [string, WindowName]> = [
	['frontLeft', 'frontLeftWindow'],
	['frontRight', 'frontRightWindow'],
	['rearLeft', 'rearLeftWindow'],
	['rearRight', 'rearRightWindow'],
];

/** v1 has no word for a door that is ajar, and omits unknown values. */
function listValues<Name extends string>(
	names: ReadonlyArray<readonly [string, Name]>,
	reported: Partial<Record<Name, ReportedValue>>,
) {
	const entries = names.flatMap(([nameInV1, name]) => {
		const value = reported[name];
		if (!value || value.value === 'UNSPECIFIED') return [];
		return [[nameInV1, { ...value, value: value.value === 'AJAR' ? 'OPEN' : value.value }]];
	});
	return Object.fromEntries(entries) as Record<string, ReportedValue>;
}

function describeVehicle({ vehicle: { vin, details } }: VehicleCall) {
	const { model, upholstery, steering, modelYear, ...rest } = details;
	const image = `https://cas.volvocars.com/image/${vin}`;
	return {
		vin,
		...rest,
		modelYear: String(modelYear),
		images: { exteriorDefaultUrl: `${image}/exterior.png`, interiorDefaultUrl: '' },
		descriptions: { model, upholstery, steering: `${steering} HAND DRIVE` },
	};
}

const vehicleUrl = ({ origin, vehicle }: VehicleCall): string =>
	`${origin}${V1_BASE}/vehicles/${vehicle.vin}`;

const requestUrl = (call: VehicleCall, { requestId }: Invocation): string =>
	`${vehicleUrl(call)}/requests/${requestId}`;

const V1_COMMANDS = ['LOCK', 'UNLOCK'] as const;

const listCommands = (call: VehicleCall) =>
	V1_COMMANDS.filter((command) => call.vehicle.commands.includes(command)).map((command) => ({
		command,
		href: `${vehicleUrl(call)}/commands/${COMMAND_PATHS[command].name}`,
	}));

/** How far ahead `accessibleUntil` is. No recording is published. */
const ACCESSIBLE_MS = 60 * 60 * 1000;

function describeAccessibility({ clock }: VolvoWorld, { vehicle }: VehicleCall) {
	const isAccessible = vehicle.availability.value === 'AVAILABLE';
	const until = clock.now() + (isAccessible ? ACCESSIBLE_MS : 0);
	return { accessible: isAccessible, accessibleUntil: isoTime(until) };
}

function command(world: VolvoWorld, call: VehicleCall, order: Order): VolvoAnswer {
	if (!call.vehicle.commands.includes(order.command)) return COMMAND_REFUSALS[404];
	const plan = world.commands.plan(order);
	if (plan.refusal) {
		world.commands.carryOut(order, plan);
		return plan.refusal;
	}
	const invocation = world.invocations.start(order, plan);
	const { requestId, invokeStatus, expires } = invocation;
	const href = requestUrl(call, invocation);
	const status = { status: invokeStatus, id: requestId, href, expires };
	return reply(INVOKED, { async: status }, 202);
}

const UNLOCK_BODY = z.object({
	unlockDuration: z.number().int().min(0).max(LONGEST_ARMED_SECONDS),
});

function unlock(world: VolvoWorld, call: VehicleCall): VolvoAnswer {
	const read = UNLOCK_BODY.safeParse(parseJson(call.body));
	if (!read.success) {
		return badRequest(`unlockDuration has to be from 0 to ${LONGEST_ARMED_SECONDS} seconds`);
	}
	const { vin } = call.vehicle;
	const armedSeconds = read.data.unlockDuration;
	return command(world, call, { vin, command: 'UNLOCK', armedSeconds });
}

const lock = (world: VolvoWorld, call: VehicleCall): VolvoAnswer =>
	command(world, call, { vin: call.vehicle.vin, command: 'LOCK', armedSeconds: 0 });

function readRequest(world: VolvoWorld, call: VehicleCall): VolvoAnswer {
	const invocation = world.invocations.read(call.vehicle.vin, call.parts.requestId ?? '');
	if (!invocation) return notFound('Request not found');
	const { created, updated, command: name, requestId, invokeStatus } = invocation;
	const href = requestUrl(call, invocation);
	const data = { created, updated, command: name, requestId, invokeStatus, href };
	return reply(REQUEST_DETAILS, { data });
}

const listVehicles = (world: VolvoWorld) => {
	const data = world.garage.all().map(({ vin }) => ({ vin }));
	return { pagination: { limit: data.length, total: data.length }, data };
};

type Answerer = (world: VolvoWorld, call: VehicleCall) => VolvoAnswer;

/**
 * https://developer.volvocars.com/apis/connected-vehicle/v1/endpoints/doors-windows-locks/, removed
 * by Volvo on 30 April 2024: commands are answered at once, and their request reports the outcome.
 */
export function createV1Endpoints(world: VolvoWorld): VolvoEndpoint[] {
	const read = (
		path: string,
		scopes: readonly string[],
		type: string,
		data: (call: VehicleCall) => unknown,
	): VolvoEndpoint => ({
		method: 'GET',
		path: `/vehicles/:vin${path}`,
		scopes,
		mediaType: mediaType(type),
		answer: onVehicle(world.garage, (call) => reply(type, { data: data(call) })),
	});
	const write = (name: 'lock' | 'unlock', answer: Answerer): VolvoEndpoint => ({
		method: 'POST',
		path: `/vehicles/:vin/commands/${name}`,
		scopes: ['openid', `conve:${name}`],
		mediaType: mediaType(INVOKED),
		contentType: mediaType(name),
		answer: onVehicle(world.garage, (call) => answer(world, call)),
	});
	return [
		{
			method: 'GET',
			path: '/vehicles',
			scopes: READ_SCOPES.vehicles,
			mediaType: mediaType('vehiclelist'),
			answer: () => reply('vehiclelist', listVehicles(world)),
		},
		read('', READ_SCOPES.vehicles, 'vehicle', describeVehicle),
		read('/doors', READ_SCOPES.doors, 'vehicledata', ({ vehicle }) =>
			listValues(DOORS, vehicle.reported.doors),
		),
		read('/windows', READ_SCOPES.windows, 'vehicledata', ({ vehicle }) =>
			listValues(WINDOWS, vehicle.reported.windows),
		),
		read('/commands', READ_SCOPES.commands, 'commandlist', listCommands),
		read('/command-accessibility', READ_SCOPES.accessibility, ACCESSIBILITY, (call) =>
			describeAccessibility(world, call),
		),
		{
			method: 'GET',
			path: '/vehicles/:vin/requests/:requestId',
			scopes: READ_SCOPES.commands,
			mediaType: mediaType(REQUEST_DETAILS),
			answer: onVehicle(world.garage, (call) => readRequest(world, call)),
		},
		write('lock', lock),
		write('unlock', unlock),
	];
}
