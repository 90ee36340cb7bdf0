import type { IDataObject } from 'n8n-workflow';

import type { RequestLog } from '../../../simulators/shared/requestLog';
import { onlyItem, type Rig } from '../../../test/support/rig';
import type { Row } from '../../row';

/** How a lock command reached its proof, or ended without one. */
export interface Confirmation {
	/** All calls, including those before the command. */
	calls: number;
	/** Seconds after the command at which a reading was taken. */
	readsAt: number[];
	/** Seconds from the start to the end. */
	seconds: number;
	isProven: boolean;
}

type Requests = Pick<RequestLog, 'all'>;

/** The reads that followed the first command. */
export function readsAfterCommand(requests: Requests, isCommand: (path: string) => boolean) {
	const all = requests.all();
	const command = all.findIndex(({ path, method }) => method === 'POST' && isCommand(path));
	if (command < 0) throw new Error('No command arrived at the simulator');
	const sentAtMs = Date.parse(all[command]!.at);
	const readsAt = all.slice(command + 1).map(({ at }) => (Date.parse(at) - sentAtMs) / 1000);
	return { calls: all.length, readsAt };
}

type LockRig = Pick<Rig<never>, 'run'> & {
	simulator: { clock: { now(): number }; requests: Requests };
};

/** Locks with our node on the rig's clock. Throws if the lock is not proven. */
export async function lockWithOurs(
	rig: LockRig,
	parameters: IDataObject,
	isCommand: (path: string) => boolean,
): Promise<Confirmation> {
	const { clock, requests } = rig.simulator;
	const startedAtMs = clock.now();
	const { evidence } = onlyItem(await rig.run({ operation: 'lock', ...parameters }));
	if (evidence !== 'verified') throw new Error(`The lock is ${evidence as string} only`);
	const seconds = (clock.now() - startedAtMs) / 1000;
	return { ...readsAfterCommand(requests, isCommand), seconds, isProven: true };
}

const OBSERVERS_READS = 1;
const MOST_EXTRA_READS = 2;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
const shownSeconds = (seconds: number): string => `${Number(seconds.toFixed(1))} s`;

export const describeCalls = ({ calls, seconds }: Pick<Confirmation, 'calls' | 'seconds'>) =>
	`${plural(calls, 'call')}, ${shownSeconds(seconds)}`;

interface Comparison {
	measure: string;
	/** Seconds after which the proof could be read. */
	provableAfter: number;
	ours: Confirmation;
	/** The comparison beside ours, without the observer. */
	others: string[];
	/** What prevents ours from using fewer reads. */
	limit: string;
	/** How it was measured. */
	note?: string;
}

/** The perfect observer reads once, at the very moment when there is something to see. */
export function toRow({ measure, provableAfter, ours, others, limit, note }: Comparison): Row {
	const { readsAt, seconds } = ours;
	const extraReads = readsAt.length - OBSERVERS_READS;
	const isReached = extraReads <= MOST_EXTRA_READS;
	const later = shownSeconds(seconds - provableAfter);
	const observer = describeCalls({ calls: 1 + OBSERVERS_READS, seconds: provableAfter });
	const times = readsAt.map((at) => Number(at.toFixed(1))).join(', ');
	const binding = `Reads ${times} s after the command; ${limit}.`;
	return {
		measure,
		ours: `${plural(extraReads, 'extra read')}, ${later} later (${describeCalls(ours)})`,
		others: [...others, `perfect observer: ${observer}`].join('; '),
		mark: `≤ ${MOST_EXTRA_READS} extra reads`,
		isReached,
		note: [note, isReached ? undefined : binding].filter(Boolean).join(' ') || undefined,
	};
}

export const describePauses = (pauses: { first: number; growth: number; longest: number }) =>
	`the pauses bind: ${shownSeconds(pauses.first / 1000)} at first, then ${pauses.growth} × as long each, at most ${shownSeconds(pauses.longest / 1000)}`;
