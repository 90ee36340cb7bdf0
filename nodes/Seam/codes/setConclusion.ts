import type { DeviceAnswer } from '../../shared/actions/answers';
import type { Evidence } from '../../shared/model/evidence';
import { Failure, type FailureFacts } from '../../shared/model/failure';
import type { AccessCode, CodeTrouble } from './accessCode';
import {
	deviationsOf,
	earlierCode,
	isAsWanted,
	otherOpenCodes,
	type WantedOnLock,
} from './bookingCodes';
import { isPinInUse } from './codeFailures';
import type { SentWrite } from './codeMemory';
import type { CodeAction, CodeOutcome } from './codeOutcome';
import { problemsOf } from './codeProblems';
import type { CodeChange } from './codeRequests';
import { codeStateOf, evidenceOf, type CodeState } from './codeState';
import * as texts from './codeWriteTexts';
import { followCode } from './followCode';
import { codeItem } from './guestCodeItem';
import type { SetSite } from './setSites';

/** What was done to a code until now. */
interface Done {
	did: SentWrite['did'] | undefined;
	sent: boolean;
	/** When the last write was sent, by Seam's clock, Unix time in milliseconds. */
	sentAtMs: number;
	target: WantedOnLock;
	pinBefore: string | null;
	/** Every code of the lock, as it was last listed. */
	codes: readonly AccessCode[];
}

/** States that pass within minutes. */
const PASSING: ReadonlySet<CodeState> = new Set(['late', 'programming']);

/** The answer of Set for one lock. */
export class CodeConclusion {
	constructor(private readonly site: SetSite) {}

	/** Waits as long as it was asked to, and says what is on the lock. */
	async of(code: AccessCode, done: Done): Promise<DeviceAnswer> {
		const settled = await this.waitFor(code, done);
		if (settled === undefined) return this.gone();
		const state = this.stateOf(settled, done);
		const { lock, run, wanted } = this.site;
		const { reference } = wanted;
		run.pins.note(reference, lock, settled);
		const deviations = [
			...deviationsOf(settled, done.target, done.pinBefore),
			...otherOpenCodes(done.codes, reference, this.nowMs, settled.id).map(earlierCode),
			// a PIN that was given is meant to be another one
			...(wanted.pin === null ? run.pins.problems(reference, settled) : []),
		];
		if (state === 'failed') {
			const problems = [...problemsOf(settled), ...deviations];
			const facts = texts.isNotOnLock(lock.name, reference, problems);
			return this.failed(facts, 'acknowledged', done.sent);
		}
		const { did, sent } = done;
		// earlier runs may have changed a code that this one did not create
		const evidence = isAsWanted(settled, done.target)
			? evidenceOf(settled, this.nowMs, did !== 'created')
			: 'acknowledged';
		const action: CodeAction = did ?? 'unchanged';
		const write = { action, sent, dryRun: false };
		return this.result({ code: settled, state, evidence, write, problems: deviations });
	}

	preview(own: AccessCode | undefined, change: CodeChange | undefined): DeviceAnswer {
		const wouldDo = own === undefined ? 'create' : change === undefined ? 'nothing' : 'update';
		const write = { action: 'none', sent: false, dryRun: true, wouldDo } as const;
		const state = own === undefined ? null : codeStateOf(own, this.nowMs);
		return this.result({ code: own, state, evidence: 'none', write });
	}

	failed(facts: FailureFacts, evidence: Evidence, sent = evidence !== 'none'): DeviceAnswer {
		return {
			failure: {
				deviceId: this.site.lock.deviceId,
				failure: new Failure(facts),
				outcome: { command: 'set', evidence, sent },
			},
		};
	}

	refused({ facts }: Failure, hasSent: boolean): DeviceAnswer {
		const { lock, wanted } = this.site;
		const refusal = isPinInUse(facts)
			? { ...facts, ...texts.pinInUse(lock.name, wanted.pin === null ? 'computed' : 'given') }
			: texts.refusal(facts, 'set', lock.name);
		return this.failed(refusal, hasSent ? 'acknowledged' : 'none');
	}

	/** @param cause Why there was no usable answer; `undefined` if that was in an earlier try. */
	unknown(cause: Failure | undefined): DeviceAnswer {
		const facts = texts.outcomeUnknown(cause?.facts, 'set', this.site.lock.name);
		return this.failed(facts, 'unknown');
	}

	gone(): DeviceAnswer {
		const { lock, wanted } = this.site;
		return this.failed(texts.goneAgain(lock.name, wanted.reference), 'acknowledged');
	}

	notListed(): DeviceAnswer {
		const { lock, wanted } = this.site;
		return this.failed(texts.notListed(lock.name, wanted.reference), 'acknowledged');
	}

	/** An error from before the last write may be what the write has just mended. */
	private stateOf(code: AccessCode, { did, sentAtMs }: Done): CodeState {
		const wasChanged = did === 'updated';
		const isOlder = ({ createdAtMs }: CodeTrouble) =>
			createdAtMs !== null && createdAtMs < sentAtMs;
		const errors = wasChanged ? code.errors.filter((error) => !isOlder(error)) : code.errors;
		const state = codeStateOf({ ...code, errors }, this.nowMs, wasChanged);
		const isMended = errors.length < code.errors.length && state !== 'failed';
		return isMended ? 'programming' : state;
	}

	/** Only a code that is due now is worth waiting for. `undefined` = it is gone. */
	private async waitFor(start: AccessCode, done: Done): Promise<AccessCode | undefined> {
		const { run, wanted } = this.site;
		return await followCode(run, start, wanted.waitSeconds, {
			isOpen: (code) =>
				PASSING.has(this.stateOf(code, done)) || (done.sent && !isAsWanted(code, done.target)),
		});
	}

	private get nowMs(): number {
		return this.site.run.session.client.serviceClock.now();
	}

	private result(
		outcome: Pick<CodeOutcome, 'code' | 'evidence' | 'problems' | 'state' | 'write'>,
	): DeviceAnswer {
		const { lock, run, wanted, window } = this.site;
		const { deviceId, name } = lock;
		const { reference, guestName, includePin } = wanted;
		const stated = { ...window, reference, guestName };
		return { result: codeItem(run, { ...outcome, deviceId, name, wanted: stated, includePin }) };
	}
}
