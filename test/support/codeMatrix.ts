import type { IDataObject, INode } from 'n8n-workflow';

import { FRONT_DOOR } from '../../simulators/seam/seed';
import {
	CODE_SCENARIOS,
	CODE_WRITES,
	IMPOSSIBLE,
	PATHS,
	type CodeScenario,
	type CodeWrite,
	type Faulty,
} from './codeFaults';
import { codesOn, removing, setting } from './guestCodes';
import { RequestTimeouts } from './requestTimeouts';
import { CONTINUE, onlyItem } from './rig';
import { SeamRelay } from './seamRelay';
import { createCode } from './seamCodes';
import { startSeamRig, type SeamRig } from './seamRig';

const BOOKING = 'B-1';
const WRITES = Object.values(PATHS);
const WAIT_SECONDS = 30;
const DAY_MS = 24 * 3_600_000;
/** In which Seam carries out everything that it has accepted. */
const SETTLING_SECONDS = 3 * 3600;
const RETRY: Partial<INode> = { ...CONTINUE, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** What came of one write. */
export interface CodeOutcome {
	/** `active, verified`, or `reason (evidence)`. */
	text: string;
	error: { reason: string; evidence: string; sent: boolean } | undefined;
	evidence: string;
	/** How often the write itself was sent. */
	sent: number;
	/** Other writes. */
	others: number;
	/** Seam has the same codes as before. */
	isUnchanged: boolean;
	/** The lock holds the code as it was wanted, at the end of the run. */
	isHeld: boolean;
	/** Codes of the booking in the end, once the fault is over. */
	codes: number;
	/** Everything that n8n would store, and the secrets that it must not contain. */
	everything: string;
	secrets: string[];
}

export interface CodeCell {
	write: CodeWrite;
	scenario: CodeScenario;
	/** Absent if there is no such thing. */
	once: CodeOutcome | undefined;
	/** With Retry On Fail. Absent if there was nothing to retry. */
	retried: CodeOutcome | undefined;
}

/** Sets, changes and removes a code of a guest through every scenario. */
export async function runCodeMatrix(): Promise<CodeCell[]> {
	const rig = await startSeamRig();
	const cells: CodeCell[] = [];
	for (const write of CODE_WRITES) {
		for (const scenario of CODE_SCENARIOS.keys()) {
			const isImpossible = IMPOSSIBLE.get(scenario)?.includes(write);
			const run = async (extra: Partial<INode>) => {
				rig.setCredential({ host: rig.simulator.url });
				return await runOnce(rig, write, scenario, extra);
			};
			const once = isImpossible ? undefined : await run(CONTINUE);
			const retried = once?.error === undefined ? undefined : await run(RETRY);
			cells.push({ write, scenario, once, retried });
		}
	}
	await rig.close();
	return cells;
}

async function runOnce(
	rig: SeamRig,
	write: CodeWrite,
	scenario: CodeScenario,
	extra: Partial<INode>,
): Promise<CodeOutcome> {
	const { simulator } = rig;
	simulator.reset();
	const options = { waitSeconds: WAIT_SECONDS };
	// Seam keeps whole seconds
	const beginMs = Math.floor(simulator.clock.now() / 1000) * 1000;
	const set = (days: number) => ({
		...setting(BOOKING, { from: iso(beginMs), until: iso(beginMs + days * DAY_MS) }),
		options,
	});
	const parameters = write === 'remove' ? { ...removing(BOOKING), options } : set(3);
	if (write !== 'new code') {
		await createCode(simulator, { name: `[${BOOKING}] Ann`, common_code_key: `n8n:${BOOKING}` });
		rig.time.advance(60);
	}
	const pins = simulator.codes.list().map(({ code }) => code);
	const before = snapshot(rig);
	simulator.requests.clear();
	const relay = await new SeamRelay(rig).start();
	const timeouts = new RequestTimeouts();
	timeouts.watch();
	const faulty: Faulty = { rig, relay, timeouts, write, path: PATHS[write] };
	CODE_SCENARIOS.get(scenario)!(faulty);
	// the relay would answer for Seam where the connection breaks
	if (relay.relay === undefined) rig.setCredential({ host: simulator.url });
	const run = await rig.run(parameters, [{}], extra);
	timeouts.stop();
	await relay.close();
	const item = onlyItem(run);
	const seen = {
		...countWrites(rig, relay, PATHS[write]),
		isUnchanged: snapshot(rig) === before,
		isHeld: isHeld(rig, beginMs + 3 * DAY_MS),
	};
	pins.push(...simulator.codes.list().map(({ code }) => code));
	heal(rig);
	return {
		...readItem(item),
		...seen,
		codes: codesOn(rig).length,
		everything: JSON.stringify(run.data),
		secrets: [simulator.apiKey, ...pins.filter((pin) => pin !== null)],
	};
}

function iso(ms: number): string {
	return new Date(ms).toISOString();
}

function readItem(item: IDataObject): Pick<CodeOutcome, 'error' | 'evidence' | 'text'> {
	const error = item.error as CodeOutcome['error'];
	const evidence = error?.evidence ?? (item.evidence as string);
	const text =
		error === undefined ? `${item.state as string}, ${evidence}` : `${error.reason} (${evidence})`;
	return { text, evidence, error };
}

/** What Seam has, besides how far it has got with it. */
function snapshot(rig: SeamRig): string {
	const codes = codesOn(rig).map(({ access_code_id, name, code, starts_at, ends_at }) => {
		return { access_code_id, name, code, starts_at, ends_at };
	});
	return JSON.stringify(codes);
}

function isHeld(rig: SeamRig, untilMs: number): boolean {
	const [code] = codesOn(rig);
	const isAsWanted = code !== undefined && Date.parse(`${code.ends_at}`) === untilMs;
	// a lock without a clock knows no times
	const isOnLock = rig.simulator.codes
		.onLock(FRONT_DOOR)
		.some(
			({ id, pin, endsAt }) =>
				id === code?.access_code_id && pin === code.code && (endsAt ?? untilMs) === untilMs,
		);
	return isAsWanted && isOnLock;
}

/** Those that the relay answered by itself, too. */
function countWrites(rig: SeamRig, { seen }: SeamRelay, path: string) {
	const calls = seen.length > 0 ? seen : rig.calls();
	const writes = calls.filter((called) => WRITES.includes(called));
	const sent = writes.filter((called) => called === path).length;
	return { sent, others: writes.length - sent };
}

function heal({ simulator, time }: SeamRig): void {
	simulator.faults.clear();
	simulator.editDevice(FRONT_DOOR, { properties: { online: true } });
	time.advance(SETTLING_SECONDS);
}
