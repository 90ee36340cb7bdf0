import { Seam, SeamActionAttemptTimeoutError } from 'seam';

import { seamDefinition } from '../../../nodes/Seam/api/seamDefinition';
import { startSeamSimulator, type SeamSimulator } from '../../../simulators/seam/seamSimulator';
import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { startSeamRig } from '../../../test/support/seamRig';
import { builtClock } from '../../rig/builtClock';
import type { Row, Size } from '../../row';
import {
	describeCalls,
	describePauses,
	lockWithOurs,
	readsAfterCommand,
	toRow,
	type Confirmation,
} from './confirmation';

/** Seconds that the lock takes. */
const ATTEMPTS: Record<Size, number[]> = { smoke: [1], full: [2, 5, 12] };

const NOTE =
	"Default options; the extra reads are those of the action attempt and one of the lock for the item's status, which Seam does not limit. One more reads the lock before the command. Ours in simulated time, the SDK in real time.";

const isLockDoor = (path: string): boolean => path.endsWith('/lock_door');

function confirmPending({ attempts }: SeamSimulator): void {
	const pending = attempts.list().filter(({ status }) => status === 'pending');
	for (const { action_attempt_id: id } of pending) {
		const result = { was_confirmed_by_device: true };
		attempts.settle(id, { status: 'success', result, moves: true });
	}
}

async function lockWithOurNode(seconds: number): Promise<Confirmation> {
	const rig = await startSeamRig(builtClock());
	try {
		const { simulator } = rig;
		simulator.faults.set({ name: 'attemptPending' });
		const movedAtMs = simulator.clock.now() + seconds * 1000;
		simulator.clock.onAdvance(() => {
			if (simulator.clock.now() >= movedAtMs) confirmPending(simulator);
		});
		return await lockWithOurs(rig, { deviceId: FRONT_DOOR }, isLockDoor);
	} finally {
		await rig.close();
	}
}

/** Whether the SDK reached the outcome before its own time-out. */
async function lockDoor(seam: Seam): Promise<boolean> {
	try {
		await seam.locks.lockDoor({ device_id: FRONT_DOOR });
		return true;
	} catch (error) {
		if (error instanceof SeamActionAttemptTimeoutError) return false;
		throw error;
	}
}

/** The SDK waits on its own timers, so this takes real time. */
async function lockWithSdk(seconds: number): Promise<Confirmation> {
	const simulator = await startSeamSimulator();
	simulator.faults.set({ name: 'attemptPending' });
	const seam = new Seam({ apiKey: simulator.apiKey, endpoint: simulator.url });
	// the first request of a process takes longer, which is not the SDK's fault
	await seam.locks.list();
	simulator.requests.clear();
	const startedAt = performance.now();
	const moving = setTimeout(() => confirmPending(simulator), seconds * 1000);
	try {
		const isProven = await lockDoor(seam);
		const took = (performance.now() - startedAt) / 1000;
		return { ...readsAfterCommand(simulator.requests, isLockDoor), seconds: took, isProven };
	} finally {
		clearTimeout(moving);
		await simulator.close();
	}
}

const describeSdk = (sdk: Confirmation): string =>
	`seam SDK: ${describeCalls(sdk)}${sdk.isProven ? '' : ', then gives up'}`;

export async function confirmSeamLocks(size: Size): Promise<Row[]> {
	const attempts = ATTEMPTS[size];
	// in parallel, because each takes real seconds, and before ours, which would delay their timers
	const sdk = await Promise.all(attempts.map(lockWithSdk));
	const ours: Confirmation[] = [];
	for (const seconds of attempts) ours.push(await lockWithOurNode(seconds));
	return attempts.map((seconds, index) =>
		toRow({
			measure: `Seam, lock confirmed: the lock takes ${seconds} s`,
			provableAfter: seconds,
			ours: ours[index]!,
			others: [describeSdk(sdk[index]!)],
			limit: describePauses(seamDefinition.pauses),
			note: index === 0 ? NOTE : undefined,
		}),
	);
}
