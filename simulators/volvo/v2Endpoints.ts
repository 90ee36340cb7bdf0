import { COMMAND_PATHS, READ_SCOPES } from './commandPaths';
import { isSuccess } from './commandFaults';
import type { Order } from './commands';
import { LONGEST_ARMED_SECONDS } from './commands';
import type { VolvoEndpoint } from './endpoint';
import { JSON_TYPE, onVehicle } from './endpoint';
import { writeV2 } from './v2Serialisation';
import type { VolvoAnswer } from './volvoAnswer';
import { COMMAND_REFUSALS } from './volvoAnswer';
import type { InvokeStatus, ReportedValue, VolvoCommand, VolvoVehicle } from './volvoTypes';
import { DOOR_NAMES, VOLVO_COMMANDS, WINDOW_NAMES } from './volvoTypes';
import type { VolvoWorld } from './volvoWorld';

const listValues = <Name extends string>(
	names: readonly Name[],
	reported: Partial<Record<Name, ReportedValue>>,
) =>
	Object.fromEntries(
		names.flatMap((name) => {
			const value = reported[name];
			return value ? [[name, { ...value, unit: null }] as const] : [];
		}),
	);

function describeVehicle({ vin, details }: VolvoVehicle) {
	const { model, upholstery, steering, ...rest } = details;
	const image = `https://cas.volvocars.com/image/${vin}`;
	return {
		vin,
		...rest,
		images: { exteriorImageUrl: `${image}/exterior.png`, internalImageUrl: '' },
		descriptions: { model, upholstery, steering },
	};
}

const listVehicles = ({ garage }: VolvoWorld) => garage.all().map(({ vin }) => ({ vin }));

function describeAccessibility({ availability }: VolvoVehicle) {
	const { value, unavailableReason, timestamp } = availability;
	return { availabilityStatus: { value, unavailableReason, timestamp } };
}

const listCommands = ({ vin, commands }: VolvoVehicle) =>
	commands.map((command) => ({
		command,
		href: `/v2/vehicles/${vin}/commands/${COMMAND_PATHS[command].name}`,
	}));

function readyToUnlock(world: VolvoWorld, { command, armedSeconds }: Order, status: InvokeStatus) {
	if (command !== 'UNLOCK') return {};
	if (!isSuccess(status)) return { readyToUnlock: false, readyToUnlockUntil: null };
	const inSeconds = world.settings.readyToUnlockUntil === 'seconds';
	const until = inSeconds ? armedSeconds : world.clock.now() + armedSeconds * 1000;
	return { readyToUnlock: true, readyToUnlockUntil: until };
}

/** v2's commands answer after the car has: their outcome is in the answer. */
function command(world: VolvoWorld, order: Order): VolvoAnswer {
	const plan = world.commands.plan(order);
	world.commands.carryOut(order, plan);
	if (plan.refusal) return plan.refusal;
	const { vin } = order;
	const outcome = { vin, invokeStatus: plan.status, message: '' };
	return reply(world, { ...outcome, ...readyToUnlock(world, order, plan.status) });
}

const reply = (world: VolvoWorld, data: unknown): VolvoAnswer => ({
	status: 200,
	body: writeV2(data, world.settings.serialisation),
});

function createCommandEndpoint(world: VolvoWorld, name: VolvoCommand): VolvoEndpoint {
	const { name: path, scope } = COMMAND_PATHS[name];
	return {
		method: 'POST',
		path: `/vehicles/:vin/commands/${path}`,
		scopes: ['openid', scope],
		mediaType: JSON_TYPE,
		contentType: JSON_TYPE,
		answer: onVehicle(world.garage, ({ vehicle: { vin, commands } }) =>
			commands.includes(name)
				? command(world, { vin, command: name, armedSeconds: LONGEST_ARMED_SECONDS })
				: COMMAND_REFUSALS[404],
		),
	};
}

/** https://developer.volvocars.com/apis/connected-vehicle/v2/ as far as doors and locks go. */
export function createV2Endpoints(world: VolvoWorld): VolvoEndpoint[] {
	const read = (
		path: string,
		scopes: readonly string[],
		data: (vehicle: VolvoVehicle) => unknown,
	): VolvoEndpoint => ({
		method: 'GET',
		path: `/vehicles/:vin${path}`,
		scopes,
		mediaType: JSON_TYPE,
		answer: onVehicle(world.garage, ({ vehicle }) => reply(world, data(vehicle))),
	});
	return [
		{
			method: 'GET',
			path: '/vehicles',
			scopes: READ_SCOPES.vehicles,
			mediaType: JSON_TYPE,
			answer: () => reply(world, listVehicles(world)),
		},
		read('', READ_SCOPES.vehicles, describeVehicle),
		read('/doors', READ_SCOPES.doors, ({ reported }) => listValues(DOOR_NAMES, reported.doors)),
		read('/windows', READ_SCOPES.windows, ({ reported }) =>
			listValues(WINDOW_NAMES, reported.windows),
		),
		read('/commands', READ_SCOPES.commands, listCommands),
		read('/command-accessibility', READ_SCOPES.accessibility, describeAccessibility),
		...VOLVO_COMMANDS.map((name) => createCommandEndpoint(world, name)),
	];
}
