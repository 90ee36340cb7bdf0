import type { FaultSource } from '../shared/faults';
import type { JsonRecord } from '../shared/json';
import type {
	CommandFault,
	CommandFaultName,
	CommandPlan,
	FollowUpFault,
	FollowUpFaultName,
	FollowUpPlan,
} from './commandFaults';
import { COMMAND_FAULTS, FOLLOW_UP_FAULTS } from './commandFaults';
import type { Garage } from './garage';
import type { VolvoSettings } from './settings';
import type { CommandRefusalStatus } from './volvoAnswer';
import { COMMAND_REFUSALS } from './volvoAnswer';
import type { InvokeStatus, VolvoCommand, VolvoVehicle } from './volvoTypes';
import { isOpen } from './volvoTypes';

/** A command to one car. */
export interface Order {
	vin: string;
	command: VolvoCommand;
	/** For UNLOCK: how long the tailgate stays armed. */
	armedSeconds: number;
}

/** Both ways to report one obstacle. */
interface Obstacle {
	status: InvokeStatus;
	http: CommandRefusalStatus;
}

/** About two minutes, by v1's page. v2 does not say. */
export const LONGEST_ARMED_SECONDS = 120;

/**
 * No recording shows which HTTP status belongs to which cause. These are our reading of the portal.
 */
const UNREACHABLE: Record<string, Obstacle> = {
	NO_INTERNET: { status: 'CONNECTION_FAILURE', http: 504 },
	POWER_SAVING_MODE: { status: 'VEHICLE_IN_SLEEP', http: 503 },
	CAR_IN_USE: { status: 'NOT_ALLOWED_WRONG_USAGE_MODE', http: 503 },
};
const UNREACHABLE_FOR_UNKNOWN_REASON: Obstacle = { status: 'UNKNOWN', http: 500 };
const DOOR_OPEN: Obstacle = { status: 'UNABLE_TO_LOCK_DOOR_OPEN', http: 409 };

const LOCKING: readonly VolvoCommand[] = ['LOCK', 'LOCK_REDUCED_GUARD'];
const LOCKABLE = [
	'frontLeftDoor',
	'frontRightDoor',
	'rearLeftDoor',
	'rearRightDoor',
	'hood',
	'tailgate',
] as const;

function obstacleFor(
	{ availability, car }: VolvoVehicle,
	command: VolvoCommand,
): Obstacle | undefined {
	if (availability.value === 'UNAVAILABLE') {
		return UNREACHABLE[availability.unavailableReason ?? ''] ?? UNREACHABLE_FOR_UNKNOWN_REASON;
	}
	const isDoorOpen = LOCKABLE.some((name) => isOpen(car.doors[name]));
	return LOCKING.includes(command) && isDoorOpen ? DOOR_OPEN : undefined;
}

const SUCCESS: CommandPlan = {
	status: 'COMPLETED',
	moves: true,
	reports: true,
	reportsAfterSeconds: 0,
};

const USUAL_FOLLOW_UP: FollowUpPlan = {
	pendingReads: 0,
	pendingStatus: 'RUNNING',
	settlesAtOnce: false,
};

/** Decides the outcome of commands, and has the cars execute them. */
export class Commands {
	readonly #garage: Garage;
	readonly #faults: FaultSource<CommandFaultName | FollowUpFaultName>;
	readonly #settings: () => VolvoSettings;

	constructor(
		garage: Garage,
		faults: FaultSource<CommandFaultName | FollowUpFaultName>,
		settings: () => VolvoSettings,
	) {
		this.#garage = garage;
		this.#faults = faults;
		this.#settings = settings;
	}

	plan({ vin, command }: Order): CommandPlan {
		const usual = this.#usualPlan(this.#garage.get(vin), command);
		const fault = this.#faults.take(COMMAND_FAULTS, this.#concerns(vin, command));
		if (!fault) return usual;
		const definition: CommandFault = COMMAND_FAULTS[fault.name];
		return definition.alter(usual, fault.parameters);
	}

	planFollowUp({ vin, command }: Order): FollowUpPlan {
		const fault = this.#faults.take(FOLLOW_UP_FAULTS, this.#concerns(vin, command));
		if (!fault) return USUAL_FOLLOW_UP;
		const definition: FollowUpFault = FOLLOW_UP_FAULTS[fault.name];
		return definition.alter(USUAL_FOLLOW_UP, fault.parameters);
	}

	carryOut({ vin, command, armedSeconds }: Order, plan: CommandPlan): void {
		const { moves, reports, reportsAfterSeconds } = plan;
		if (!moves) {
			if (reports) this.#garage.change(vin, { reports });
			return;
		}
		if (LOCKING.includes(command)) this.#garage.lock(vin, reportsAfterSeconds);
		if (command === 'UNLOCK') this.#garage.unlock(vin, reportsAfterSeconds, armedSeconds);
	}

	#usualPlan(vehicle: VolvoVehicle, command: VolvoCommand): CommandPlan {
		const obstacle = obstacleFor(vehicle, command);
		if (!obstacle) return SUCCESS;
		const isHttp = this.#settings().failureChannel === 'http';
		return {
			...SUCCESS,
			...(isHttp ? { refusal: COMMAND_REFUSALS[obstacle.http] } : {}),
			status: obstacle.status,
			moves: false,
			reports: false,
		};
	}

	#concerns =
		(vin: string, command: VolvoCommand) =>
		(parameters: JsonRecord): boolean =>
			(parameters.vin === undefined || parameters.vin === vin) &&
			(parameters.command === undefined || parameters.command === command);
}
