import { clock, sleepUnlessCancelled } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import type { CodeMemory, SentWrite } from './codeMemory';
import type { CodeRun } from './codeRun';

/** What became of one write. Only a refused one was certainly not carried out. */
export type Written<Answer> = { answer: Answer } | { lost: Failure } | { refused: Failure };

/** A write that was carried out may take a moment to appear. */
const LOOKS_AFTER_MS = [0, 2000, 5000];

/** Longest time for the answer to a write. */
const WRITE_TIMEOUT_MS = 30_000;

/** Sends writes about the codes of one lock, each once, and looks what became of them. */
export class CodeWriter {
	/** Whether a write may have been carried out. */
	hasSent = false;
	/** When the last write was sent, by Seam's clock, Unix time in milliseconds. */
	sentAtMs = 0;

	constructor(
		private readonly run: CodeRun,
		private readonly deviceId: string,
		private readonly memory: CodeMemory,
	) {}

	async write<Answer>(
		did: SentWrite['did'],
		codeId: string | undefined,
		send: (limits: { timeoutMs: number }) => Promise<Answer>,
	): Promise<Written<Answer>> {
		const earlier = this.memory.write;
		const sentAtMs = clock.now();
		this.sentAtMs = this.run.session.client.serviceClock.now();
		this.memory.note({ did, codeId, isAnswered: false }, sentAtMs);
		const answer = await attempt(async () => await send({ timeoutMs: WRITE_TIMEOUT_MS }));
		if (answer instanceof Failure && answer.facts.notExecuted === true) {
			if (earlier === undefined) this.memory.forget();
			else this.memory.note(earlier, sentAtMs);
			return { refused: answer };
		}
		this.hasSent = true;
		if (answer instanceof Failure) return { lost: answer };
		this.memory.note({ did, codeId, isAnswered: true }, sentAtMs);
		return { answer };
	}

	/** The codes of the lock as soon as they show what is expected, or as they are after a while. */
	async look(isSeen: (codes: AccessCode[]) => boolean): Promise<AccessCode[] | Failure> {
		const { requests, meter, session } = this.run;
		const { cancelSignal } = session.client;
		let latest: AccessCode[] | Failure | undefined;
		for (const pauseMs of LOOKS_AFTER_MS) {
			await sleepUnlessCancelled(pauseMs, cancelSignal);
			const codes = await attempt(async () => await requests.list(this.deviceId, meter));
			if (!(codes instanceof Failure) && isSeen(codes)) return codes;
			// a list that shows less is worth more than none
			if (!(codes instanceof Failure) || latest === undefined) latest = codes;
			if (cancelSignal?.aborted) break;
		}
		return latest!;
	}
}
