import { DAY_MS } from '../../shared/basics/times';
import { attempt, Failure, type FailureFacts } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { cutCode, isLiving, livingCodes } from './bookingCodes';
import type { CodeLock } from './codeLocks';
import { memoryOf, type CodeMemory } from './codeMemory';
import type { WantedCode } from './codeParameters';
import { codesProblem, rulesOf, type CodeRules } from './codeRules';
import { secretOf, type CodeRun } from './codeRun';
import { windowOf, type CodeWindow } from './codeWindow';
import * as texts from './codeWriteTexts';
import { choosePins, type PinChoice } from './pinChoice';

/** Source: docs.seam.co, "Access codes": locks that schedule codes store them 72 hours ahead. */
const STORED_AHEAD_MS = 3 * DAY_MS;

/** One lock, as it was read before anything is written to it. */
export interface SetSite {
	run: CodeRun;
	wanted: WantedCode;
	lock: CodeLock;
	rules: CodeRules;
	/** Every managed code of the lock. */
	codes: AccessCode[];
	window: CodeWindow;
	memory: CodeMemory;
	/** The PIN of a new code, or the one to give to an existing code. */
	pin: PinChoice;
}

/** Reads the codes of a lock. @returns Why no code can be set on it. */
export async function setSite(
	run: CodeRun,
	wanted: WantedCode,
	lock: CodeLock,
): Promise<Failure | SetSite> {
	return await attempt(async () => {
		const window = windowOf(wanted, lock.timeZone);
		const codes = await run.requests.list(lock.deviceId, run.meter);
		const nowMs = run.session.client.serviceClock.now();
		if (window.untilMs <= nowMs) return new Failure(texts.inThePast());
		const memory = memoryOf(run, 'set', wanted, lock.deviceId);
		const site = { run, wanted, lock, rules: rulesOf(lock), codes, window, memory };
		const problem = problemOf(site, nowMs);
		return problem ?? { ...site, pin: undefined };
	});
}

/** Why it is not certain which code is that of the booking. */
function problemOf(
	{ codes, lock, wanted, memory }: Omit<SetSite, 'pin'>,
	nowMs: number,
): Failure | undefined {
	const { reference } = wanted;
	const living = livingCodes(codes, reference, nowMs);
	// two executions at once may not have come to an end yet
	if (living.length > 1 && memory.write === undefined) {
		return new Failure(texts.severalCodes(lock.name, living, reference));
	}
	const cut = living.length === 0 ? cutCode(codes, reference) : undefined;
	return cut && new Failure(texts.cutName(lock.name, cut, reference));
}

/** Why this lock can take no further code. */
export function obstacleToNew(site: SetSite): FailureFacts | undefined {
	const { lock, rules, window, codes, run } = site;
	const nowMs = run.session.client.serviceClock.now();
	if (rules.constraints.has('start_date_in_future') && window.fromMs <= nowMs) {
		return texts.startsInThePast(lock.name);
	}
	const { mostCodes = Infinity } = rules;
	// codes are on the lock during their time and, at most, for the three days before it
	const isBeside = (code: AccessCode) =>
		(code.startsAtMs ?? 0) - STORED_AHEAD_MS < window.untilMs &&
		window.fromMs - STORED_AHEAD_MS < (code.endsAtMs ?? Infinity);
	const beside = codes.filter((code) => isLiving(code, nowMs) && isBeside(code));
	const isFull = beside.length >= mostCodes;
	return isFull ? texts.lockIsFull(lock.name, mostCodes) : undefined;
}

/** The sites with the PINs that were chosen for all of them together. */
export function withPins(run: CodeRun, sites: readonly SetSite[], wanted: WantedCode): SetSite[] {
	const locks = sites.flatMap((site) => {
		const { lock, rules, codes } = site;
		const nowMs = run.session.client.serviceClock.now();
		const [own] = livingCodes(codes, wanted.reference, nowMs);
		if (own !== undefined && wanted.pin === null) run.pins.note(wanted.reference, lock, own);
		// a lock that gets no code must not decide about the PIN of the others
		const isRefused = (codesProblem(lock) ?? obstacleToNew(site)) !== undefined;
		if (own === undefined && isRefused) return [];
		const others = codes.filter((code) => code !== own);
		return [{ deviceId: lock.deviceId, name: lock.name, rules, own, others }];
	});
	const { pin, reference } = wanted;
	const pins = choosePins({ pin, reference, secret: secretOf(run) }, locks);
	return sites.map((site) => ({ ...site, pin: pins.get(site.lock.deviceId) }));
}

/** The site with the PIN of a new code, after its code turned out to be gone. */
export function withNewPin(site: SetSite, codes: AccessCode[]): SetSite {
	const [chosen = site] = withPins(site.run, [{ ...site, codes }], site.wanted);
	return chosen;
}
