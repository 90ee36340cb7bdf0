import type { Request, RequestHandler } from 'express';
import type { SmartcarErrorKind } from './errorKind';
import { SMARTCAR_ERRORS } from './errorTable';
import { describeErrorV3, Refusal } from './refusal';
import { SIGNAL_ERROR, SIGNAL_FAULTS } from './smartcarFaults';
import type { Observation, SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';
import type { V3Caller } from './v3Caller';
import { admitV3, demandUserId, findV3Vehicle, v3Origin } from './v3Caller';
import type { SignalReading } from './v3Signals';
import { readSignals, withoutValues } from './v3Signals';
import { demand, isFromTheCar, takeRefusal } from './vehicleAccess';
import type { WireChoices } from './wireChoices';

/** The form of a signal: good, or with an error and the rest of its body. */
interface SignalOutcome {
	error?: SmartcarErrorKind;
	body?: Record<string, unknown>;
	/** Whether the car has ever answered. */
	isDated: boolean;
}

type JudgeSignal = (signal: SignalReading) => SignalOutcome | null;

const vehicleIdOf = ({ params }: Request): string => String(params.vehicleId);

function describeVehicle(vehicle: SmartcarVehicle, origin: string) {
	const { id, make, model, year, powertrainType, mode } = vehicle;
	return {
		id,
		type: 'vehicle',
		attributes: { make, model, year, powertrainType, mode },
		links: { self: `${origin}/vehicles/${id}` },
	};
}

/** `GET /v3/vehicles/{vehicleId}`. */
export const getVehicle =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const caller = admitV3(world, request);
		const vehicle = findV3Vehicle(world, caller, vehicleIdOf(request));
		demand(vehicle, 'read_vehicle_info', caller.permissions);
		const data = describeVehicle(vehicle, v3Origin(request));
		response.json(world.wire.v3Envelope === 'wrapped' ? { data } : data);
	};

const TIMES = {
	iso: (time: number) => new Date(time).toISOString(),
	epochMilliseconds: (time: number) => time,
	epochSeconds: (time: number) => Math.floor(time / 1000),
} as const;

function dateSignal(
	{ observedAt, visibleFrom }: Observation,
	isDated: boolean,
	{ carTimes, v3Times }: WireChoices,
) {
	const show = TIMES[v3Times];
	const ingestedAt = show(visibleFrom);
	if (!isDated) return { ingestedAt };
	const ownTime = carTimes ? { oemUpdatedAt: show(observedAt) } : {};
	return { ...ownTime, retrievedAt: show(visibleFrom), ingestedAt };
}

function succeedOrLack({ body, emptyBody }: SignalReading): SignalOutcome {
	if (body) return { body, isDated: true };
	return { error: SMARTCAR_ERRORS.vehicleNotCapable, body: emptyBody, isDated: false };
}

const BODIES = {
	stale: ({ body }: SignalReading) => body ?? undefined,
	null: ({ body }: SignalReading) => (body ? withoutValues(body) : undefined),
	none: () => undefined,
} as const;

/** The fault for single signals of this vehicle, as a function of the signal. */
function takeSignalFault({ faults }: SmartcarWorld, vehicle: SmartcarVehicle): JudgeSignal {
	const fault = faults.take(
		SIGNAL_FAULTS,
		({ vehicleId }) => vehicleId === undefined || vehicleId === vehicle.id,
	);
	if (!fault) return succeedOrLack;
	const { signals, error, body } = SIGNAL_ERROR.parse(fault.parameters);
	return (signal) => {
		if (!signals.includes(signal.code)) return succeedOrLack(signal);
		if (fault.name === 'signalMissing') return null;
		return { error: SMARTCAR_ERRORS[error], body: BODIES[body](signal), isDated: true };
	};
}

/** Errors of the car and of its maker appear in the closures. Any other error fails the call. */
function judgeSignals(
	world: SmartcarWorld,
	vehicle: SmartcarVehicle,
	{ permissions }: V3Caller,
): JudgeSignal {
	const judge = takeSignalFault(world, vehicle);
	const struck = takeRefusal(world.faults, vehicle, 'read');
	if (struck && !isFromTheCar(struck.name)) throw struck.refusal;
	return (signal) => {
		const isGranted = vehicle.permissions.includes(signal.permission);
		if (!isGranted || (permissions && !permissions.has(signal.permission))) {
			return { error: SMARTCAR_ERRORS.permissionDenied, isDated: false };
		}
		if (!struck || signal.group !== 'Closure') return judge(signal);
		return { error: struck.refusal.kind, body: signal.body ?? undefined, isDated: true };
	};
}

function describeSignal(
	{ code, name, group }: SignalReading,
	{ error, body, isDated }: SignalOutcome,
	observation: Observation,
	wire: WireChoices,
	self: string,
) {
	const status = error
		? {
				value: 'ERROR',
				error: { ...describeErrorV3(error), description: 'Deprecated. Use detail' },
			}
		: { value: 'SUCCESS' };
	return {
		id: code,
		type: 'signal',
		attributes: { code, name, group, status, ...(body ? { body } : {}) },
		meta: dateSignal(observation, isDated, wire),
		links: { self: `${self}/${code}` },
	};
}

/** The vehicle and its stored signals. Throws `Refusal`. */
function readStore(world: SmartcarWorld, request: Request) {
	const caller = admitV3(world, request);
	demandUserId(caller);
	const vehicle = findV3Vehicle(world, caller, vehicleIdOf(request));
	world.limits.takeForVehicle(vehicle.id);
	if (vehicle.store === 'unsubscribed') {
		throw new Refusal('vehicleNotFound', { message: `Vehicle with ID ${vehicle.id} not found` });
	}
	const judge = judgeSignals(world, vehicle, caller);
	const observation = world.garage.stored(vehicle.id);
	const self = `${v3Origin(request)}/vehicles/${vehicle.id}/signals`;
	const all =
		vehicle.store === 'empty' ? [] : readSignals(observation.state, vehicle.vin, world.wire);
	const signals = all.flatMap((signal) => {
		const outcome = judge(signal);
		return outcome ? [describeSignal(signal, outcome, observation, world.wire, self)] : [];
	});
	const included = { vehicle: describeVehicle(vehicle, v3Origin(request)) };
	return { signals, self, included };
}

/** `GET /v3/vehicles/{vehicleId}/signals`: everything stored, on one page. */
export const listSignals =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const { signals, self, included } = readStore(world, request);
		const totalCount = signals.length;
		response.json({
			data: signals,
			meta: { totalCount, pageSize: totalCount, pageNumber: 1 },
			links: { self },
			included,
		});
	};

/** `GET /v3/vehicles/{vehicleId}/signals/{signalCode}`. */
export const getSignal =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const { signals, included } = readStore(world, request);
		const data = signals.find(({ id }) => id === request.params.signalCode);
		if (!data) throw new Refusal('signalNotFound');
		response.json(world.wire.v3Envelope === 'wrapped' ? { data, included } : data);
	};
