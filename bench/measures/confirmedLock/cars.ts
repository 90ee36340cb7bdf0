import { smartcarDefinition } from '../../../nodes/Smartcar/api/smartcarDefinition';
import { volvoDefinition } from '../../../nodes/Volvo/api/volvoDefinition';
import { startSmartcarRig } from '../../../test/support/smartcarRig';
import { startVolvoRig } from '../../../test/support/volvoRig';
import { builtClock } from '../../rig/builtClock';
import type { Row, Size } from '../../row';
import {
	describeCalls,
	describePauses,
	lockWithOurs,
	toRow,
	type Confirmation,
} from './confirmation';
import { lockWithSmartcarSdk } from './smartcarSdk';

/** Seconds after which the car reports. */
const REPORTS: Record<Size, number[]> = { smoke: [2], full: [2, 10, 60] };

const VERIFIED = { requiredEvidence: 'verified' };

async function lockVolvo(reportsAfter: number): Promise<Confirmation> {
	const rig = await startVolvoRig(builtClock());
	try {
		rig.signIn();
		const [, unlocked = ''] = rig.simulator.addVehicles(2);
		rig.simulator.faults.set({ name: 'lateReading', seconds: reportsAfter });
		const access = { apiVersion: 'v2', authentication: 'accessToken' };
		const parameters = { ...access, deviceId: unlocked, options: VERIFIED };
		return await lockWithOurs(rig, parameters, (path) => path.endsWith('/commands/lock'));
	} finally {
		await rig.close();
	}
}

async function lockSmartcar(reportsAfter: number): Promise<Confirmation> {
	const rig = await startSmartcarRig(builtClock());
	try {
		const accessToken = rig.simulator.v3AccessToken();
		rig.setCredential({ oauthTokenData: { access_token: accessToken, token_type: 'Bearer' } });
		const [, unlocked = ''] = rig.simulator.addVehicles(2);
		rig.simulator.faults.set({ name: 'lateReading', seconds: reportsAfter });
		const parameters = { apiVersion: 'v3', deviceId: unlocked, options: VERIFIED };
		return await lockWithOurs(rig, parameters, (path) => path.endsWith('/security/lock'));
	} finally {
		await rig.close();
	}
}

async function describeSmartcarSdk(): Promise<string> {
	const { calls, status } = await lockWithSmartcarSdk();
	return `smartcar SDK: ${describeCalls({ calls, seconds: 0 })}, "${status}", nothing read`;
}

interface Contest {
	name: string;
	lock: (reportsAfter: number) => Promise<Confirmation>;
	others: () => Promise<string[]>;
	pauses: { first: number; growth: number; longest: number };
	note: string;
}

const CONTESTS: Contest[] = [
	{
		name: 'Volvo v2',
		lock: lockVolvo,
		others: async () => await Promise.resolve([]),
		pauses: volvoDefinition('v2', 'accessToken').pauses,
		note: 'Required Evidence = Verified: the car is read until it has reported. There is no SDK to stand beside it. In simulated time.',
	},
	{
		name: 'Smartcar v3',
		lock: lockSmartcar,
		others: async () => [await describeSmartcarSdk()],
		pauses: smartcarDefinition('v3').pauses,
		note: "Required Evidence = Verified; one call before the command finds the vehicle's user. The `smartcar` SDK (API v2) returns with the answer to the command and reads nothing back.",
	},
];

async function rowsOf({ name, lock, others, pauses, note }: Contest, size: Size): Promise<Row[]> {
	const rows: Row[] = [];
	const beside = await others();
	for (const [index, seconds] of REPORTS[size].entries()) {
		rows.push(
			toRow({
				measure: `${name}, lock confirmed: the car reports after ${seconds} s`,
				provableAfter: seconds,
				ours: await lock(seconds),
				others: beside,
				limit: describePauses(pauses),
				note: index === 0 ? note : undefined,
			}),
		);
	}
	return rows;
}

export async function confirmCarLocks(size: Size): Promise<Row[]> {
	const rows: Row[] = [];
	for (const contest of CONTESTS) rows.push(...(await rowsOf(contest, size)));
	return rows;
}
