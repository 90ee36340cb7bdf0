import type { DeviceAnswer } from '../../shared/actions/answers';
import type { Evidence } from '../../shared/model/evidence';
import { attempt, Failure, type FailureFacts } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { otherOpenCodes } from './bookingCodes';
import type { CodeMemory } from './codeMemory';
import type { CodeProblem } from './codeProblems';
import type { CodeAction, CodeOutcome } from './codeOutcome';
import type { WantedRemoval } from './codeParameters';
import type { CodeRun } from './codeRun';
import { codeStateOf, isBeingRemoved, usesBackup, type CodeState } from './codeState';
import { CodeWriter } from './codeWriter';
import * as texts from './codeWriteTexts';
import { followCode } from './followCode';
import { codeItem } from './guestCodeItem';

/** A code to remove from its lock. */
export interface RemovalSite {
	run: CodeRun;
	wanted: WantedRemoval;
	/** `null` if a code is gone and Seam does not tell which lock it was on. */
	lock: { deviceId: string | null; name: string | null };
	memory: CodeMemory;
	reference: string | null;
	/** `undefined` = there is none, or an earlier try knew it. */
	code: AccessCode | undefined;
	/** The ID that was given, of a code that is gone. */
	codeId?: string;
}

/**
 * Removes one code. The deletion is sent once, and what became of it is read.
 * @returns An answer with the state `removed` only when Seam no longer knows the code.
 */
export async function removeCode(site: RemovalSite): Promise<DeviceAnswer> {
	return await new Removal(site).perform();
}

class Removal {
	private readonly writer: CodeWriter;

	constructor(private readonly site: RemovalSite) {
		this.writer = new CodeWriter(site.run, site.lock.deviceId ?? '', site.memory);
	}

	async perform(): Promise<DeviceAnswer> {
		const { code, memory, wanted } = this.site;
		const earlier = memory.write;
		if (earlier?.codeId !== undefined) {
			return await this.resume(earlier.codeId, earlier.isAnswered);
		}
		if (code === undefined) return this.result(undefined, 'alreadyGone');
		if (wanted.dryRun) return this.preview(code);
		// Seam is at it already
		if (isBeingRemoved(code)) return await this.conclude(code, 'unchanged');
		if (code.isOffline) return this.failed(texts.isOfflineCode(this.lockName), 'none');
		return await this.remove(code);
	}

	private async remove(code: AccessCode): Promise<DeviceAnswer> {
		const { run } = this.site;
		const written = await this.writer.write('removed', code.id, async (limits) => {
			await run.requests.delete(code, run.meter, limits);
		});
		if ('refused' in written) return await this.refused(written.refused, code);
		const cause = 'lost' in written ? written.lost : undefined;
		const after = await this.lookAfter(code);
		if (after instanceof Failure) {
			return cause === undefined
				? this.failed(texts.notReadBack(after.facts, 'removed', this.lockName), 'sent')
				: this.unknown(cause);
		}
		const isLost = cause !== undefined && after !== undefined && !isBeingRemoved(after);
		return isLost ? this.unknown(cause) : await this.conclude(after, 'removed');
	}

	/** Somebody else may have removed it in the meantime. */
	private async refused({ facts }: Failure, code: AccessCode): Promise<DeviceAnswer> {
		const { run } = this.site;
		if (facts.httpStatus === 404) {
			const left = await attempt(async () => await run.requests.get(code.id, run.meter));
			if (left === undefined) return this.result(undefined, 'alreadyGone');
		}
		return this.failed(texts.refusal(facts, 'removed', this.lockName), 'none');
	}

	/** A retry reads what an earlier try's deletion has brought about. */
	private async resume(codeId: string, isAnswered: boolean): Promise<DeviceAnswer> {
		const { run } = this.site;
		this.writer.hasSent = true;
		const code = await run.requests.get(codeId, run.meter);
		const isDone = code === undefined || isBeingRemoved(code);
		if (!isAnswered && !isDone) return this.unknown(undefined);
		return await this.conclude(code, 'removed');
	}

	/** The code once it is being removed. `undefined` = it is gone. */
	private async lookAfter(code: AccessCode): Promise<AccessCode | Failure | undefined> {
		const find = (codes: readonly AccessCode[]) => codes.find(({ id }) => id === code.id);
		const codes = await this.writer.look((seen) => {
			const found = find(seen);
			return found === undefined || isBeingRemoved(found);
		});
		return codes instanceof Failure ? codes : find(codes);
	}

	/** Another code of the booking that may still open the lock. */
	private async otherLeft(): Promise<AccessCode | undefined> {
		const { run, lock, wanted } = this.site;
		if (wanted.code.by === 'accessCodeId' || lock.deviceId === null) return undefined;
		const codes = await run.requests.list(lock.deviceId, run.meter);
		return otherOpenCodes(codes, wanted.code.reference, this.nowMs)[0];
	}

	/** Waits as long as it was asked to until the code is gone. */
	private async conclude(start: AccessCode | undefined, action: CodeAction): Promise<DeviceAnswer> {
		const { run, wanted } = this.site;
		const left = start ?? (await this.otherLeft());
		const code = await followCode(run, left, wanted.waitSeconds, {
			isOpen: () => true,
			whenGone: async () => await this.otherLeft(),
		});
		const isGone = code === undefined && action === 'unchanged';
		return this.result(code, isGone ? 'alreadyGone' : action);
	}

	private preview(code: AccessCode): DeviceAnswer {
		const wouldDo = isBeingRemoved(code) ? 'nothing' : 'remove';
		const write = { action: 'none', sent: false, dryRun: true, wouldDo } as const;
		return this.item({ code, state: codeStateOf(code, this.nowMs), evidence: 'none', write });
	}

	private result(code: AccessCode | undefined, action: CodeAction): DeviceAnswer {
		const { dryRun } = this.site.wanted;
		const write = dryRun
			? ({ action: 'none', sent: false, dryRun, wouldDo: 'nothing' } as const)
			: { action, sent: this.writer.hasSent, dryRun };
		const evidence = dryRun ? 'none' : code === undefined ? 'acknowledged' : 'sent';
		const state = code === undefined ? 'removed' : this.stateOfLeft(code);
		return this.item({ code, state, evidence, write });
	}

	/** Seam's list may be behind a deletion that it has answered. */
	private stateOfLeft(code: AccessCode): CodeState {
		const state = codeStateOf(code, this.nowMs);
		const isDeleted = code.id === this.site.memory.write?.codeId;
		return isDeleted && state !== 'failed' ? 'removing' : state;
	}

	private item(outcome: Pick<CodeOutcome, 'code' | 'evidence' | 'state' | 'write'>): DeviceAnswer {
		const { lock, run, reference, codeId, code, wanted } = this.site;
		const result = codeItem(run, {
			...outcome,
			deviceId: lock.deviceId,
			name: lock.name,
			wanted: { reference, accessCodeId: code?.id ?? codeId },
			isByCodeId: wanted.code.by === 'accessCodeId',
			problems: code !== undefined && usesBackup(code) ? [BACKUP_STAYS] : [],
			includePin: false,
		});
		return { result };
	}

	/** For sentences. */
	private get lockName(): string {
		return this.site.lock.name ?? 'its lock';
	}

	private get nowMs(): number {
		return this.site.run.session.client.serviceClock.now();
	}

	private unknown(cause: Failure | undefined): DeviceAnswer {
		const facts = texts.outcomeUnknown(cause?.facts, 'removed', this.lockName);
		return this.failed(facts, 'unknown');
	}

	private failed(facts: FailureFacts, evidence: Evidence): DeviceAnswer {
		const { deviceId } = this.site.lock;
		const outcome = { command: 'remove', evidence, sent: evidence !== 'none' };
		return { failure: { deviceId, failure: new Failure(facts), outcome } };
	}
}

/** Seam does not delete the backup code with the code that it replaced. */
const BACKUP_STAYS: CodeProblem = {
	code: 'backup_code',
	text: 'a backup code that was used in its place stays on the lock and opens it',
	seamKeepsTrying: false,
	personMustAct: true,
};
