import type { JsonRecord } from '../../shared/json';
import type { SmartcarErrorKind } from '../errorKind';
import type { SmartcarErrorName } from '../errorTable';
import { SMARTCAR_ERRORS } from '../errorTable';
import type { Garage } from '../garage';
import { describeWebhookError } from '../refusal';
import type { SmartcarVehicle } from '../smartcarTypes';
import type { SignalReading } from '../v3Signals';
import { readSignals } from '../v3Signals';
import type { WireChoices } from '../wireChoices';
import type { ReportedError, SignalName, SmartcarWebhook, LastSent } from './webhookTypes';

/** An error that prevents reading a vehicle's signals; null: all of them. */
export interface ActiveError {
	name: SmartcarErrorName;
	signals: readonly string[] | null;
}

interface JudgedSignal {
	reading: SignalReading;
	error: SmartcarErrorKind | null;
	body: JsonRecord | null;
}

/** What a webhook is sent about a vehicle. */
export interface SignalReport {
	/** As contained in VEHICLE_STATE. */
	signals: JsonRecord[];
	/** Of all configured signals and triggers. */
	names: SignalName[];
	content: LastSent;
}

/**
 * Recorded from December 2025 on. The documents, and earlier deliveries, have no status for a good
 * signal.
 */
const GOOD = { value: 'SUCCESS' };

const CODE_OF_VIN = 'vehicleidentification-vin';

function judge(
	reading: SignalReading,
	{ permissions }: SmartcarVehicle,
	active: readonly ActiveError[],
): JudgedSignal {
	const { body, emptyBody = null } = reading;
	if (!permissions.includes(reading.permission)) {
		return { reading, error: SMARTCAR_ERRORS.permissionDenied, body: null };
	}
	if (!body) return { reading, error: SMARTCAR_ERRORS.vehicleNotCapable, body: emptyBody };
	const struck = active.find(({ signals }) => signals?.includes(reading.code) ?? true);
	return { reading, error: struck ? SMARTCAR_ERRORS[struck.name] : null, body };
}

const nameSignal = ({ reading: { name, group, code } }: JudgedSignal): SignalName => ({
	name,
	group,
	code,
});

function dateSignal(code: string, observedAt: number, retrievedAt: number, wire: WireChoices) {
	const isVin = code === CODE_OF_VIN;
	const retrieved = wire.webhookForm === 'documented' ? 'fetchedAt' : 'retrievedAt';
	const ownTime = wire.carTimes ? { oemUpdatedAt: isVin ? 0 : observedAt } : {};
	return { ...ownTime, [retrieved]: isVin ? 0 : retrievedAt };
}

function describeSignal(
	{ reading: { code, name, group }, error, body }: JudgedSignal,
	meta: JsonRecord,
	{ webhookForm }: WireChoices,
): JsonRecord {
	const isDocumented = webhookForm === 'documented';
	const signal = { code, name, group };
	if (!error) return { ...signal, body, ...(isDocumented ? {} : { status: GOOD }), meta };
	const status = { value: 'ERROR', error: { type: error.type, code: error.code } };
	return { ...signal, ...(body && !isDocumented ? { body } : {}), status };
}

function gatherErrors(judged: readonly JudgedSignal[]): ReportedError[] {
	const kinds = new Set(judged.flatMap(({ error }) => (error ? [error] : [])));
	return [...kinds].map((kind) => ({
		key: `${kind.type}:${kind.code ?? ''}`,
		description: describeWebhookError(kind),
		signals: judged.filter(({ error }) => error === kind).map(nameSignal),
	}));
}

/** The configured signals of a vehicle as v3 has stored them. */
export function reportSignals(
	garage: Garage,
	vehicle: SmartcarVehicle,
	webhook: SmartcarWebhook,
	active: readonly ActiveError[],
	wire: WireChoices,
): SignalReport {
	const { state, observedAt, visibleFrom } = garage.stored(vehicle.id);
	const judged = readSignals(state, vehicle.vin, wire)
		.filter(({ code }) => webhook.data.includes(code) || webhook.triggers.includes(code))
		.map((reading) => judge(reading, vehicle, active));
	const configured = judged.filter(({ reading }) => webhook.data.includes(reading.code));
	const well = judged.filter(({ error }) => error === null);
	return {
		signals: configured.map((signal) =>
			describeSignal(signal, dateSignal(signal.reading.code, observedAt, visibleFrom, wire), wire),
		),
		names: judged.map(nameSignal),
		content: {
			bodies: new Map(well.map(({ reading, body }) => [reading.code, JSON.stringify(body)])),
			errors: gatherErrors(judged),
		},
	};
}
