import { z } from 'zod';
import type { FaultSource } from '../shared/faults';
import { Refusal } from './refusal';
import { REPORT_FAULTS } from './smartcarFaults';
import type { CarState, CommandAction, SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';
import { approachCar } from './vehicleAccess';

const LATE = z.object({ seconds: z.number() });
const LIES = z.object({ reports: z.boolean() });

const isOpen = (status: string | undefined): boolean => status === 'OPEN';

/** A car does not lock while a door, hood or trunk is open. Open windows do not prevent it. */
function refuseToLockOpen({ doors, openings }: CarState): void {
	if (Object.values(doors).some(isOpen)) throw new Refusal('doorOpen');
	if (isOpen(openings.rearTrunk) || isOpen(openings.tailgate)) throw new Refusal('trunkOpen');
	if (isOpen(openings.frontTrunk) || isOpen(openings.engineCover)) throw new Refusal('hoodOpen');
}

/** Throws `Refusal` if Smartcar or the car does not accept the command. */
export function admitCommand(
	world: SmartcarWorld,
	vehicle: SmartcarVehicle,
	action: CommandAction,
): void {
	approachCar(world, vehicle, 'command');
	if (vehicle.state.lock === undefined) throw new Refusal('vehicleNotCapable');
	if (action === 'LOCK') refuseToLockOpen(vehicle.state);
}

export type ReportPlan =
	{ moves: true; reportAfterSeconds: number } | { moves: false; reports: boolean };

/** What the readings after a command will show. Taken when the command is accepted. */
export function planReport(
	faults: FaultSource<keyof typeof REPORT_FAULTS>,
	vehicle: SmartcarVehicle,
): ReportPlan {
	const fault = faults.take(
		REPORT_FAULTS,
		({ vehicleId }) => vehicleId === undefined || vehicleId === vehicle.id,
	);
	if (!fault) return { moves: true, reportAfterSeconds: 0 };
	if (fault.name === 'lies') return { moves: false, ...LIES.parse(fault.parameters) };
	return { moves: true, reportAfterSeconds: LATE.parse(fault.parameters).seconds };
}

/** Executes the plan at the car, and lets it report. */
export function carryOut(
	{ garage }: SmartcarWorld,
	vehicleId: string,
	action: CommandAction,
	plan: ReportPlan,
): void {
	if (!garage.find(vehicleId)) return;
	if (plan.moves) {
		garage.setLock(vehicleId, action === 'LOCK' ? 'LOCKED' : 'UNLOCKED');
		garage.report(vehicleId, plan.reportAfterSeconds);
	} else if (plan.reports) {
		garage.report(vehicleId, 0);
	}
}
