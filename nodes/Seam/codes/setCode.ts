import type { DeviceAnswer } from '../../shared/actions/answers';
import { Failure, type FailureFacts } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { changeFor, isLiving, livingCodes, type WantedOnLock } from './bookingCodes';
import { codeNameFor, commonCodeKeyFor } from './bookingReference';
import type { SentWrite } from './codeMemory';
import type { CodeChange } from './codeRequests';
import { codesProblem } from './codeRules';
import { CodeWriter } from './codeWriter';
import * as texts from './codeWriteTexts';
import { CodeConclusion } from './setConclusion';
import type { SetSite } from './setSites';

/**
 * Makes the code of one booking on one lock what it shall be: creates it, changes it or leaves it
 * as it is. Each write is sent once, and read back.
 */
export async function setCode(site: SetSite): Promise<DeviceAnswer> {
	return await new SetOnLock(site).perform();
}

/** A step that ends the whole, or `undefined` to go on. */
type Ending = DeviceAnswer | undefined;

class SetOnLock {
	private readonly writer: CodeWriter;
	private readonly conclusion: CodeConclusion;
	private codes: AccessCode[];
	private own: AccessCode | undefined;
	private did: SentWrite['did'] | undefined;
	private createdId: string | undefined;
	private pinBefore: string | null = null;

	constructor(private readonly site: SetSite) {
		this.writer = new CodeWriter(site.run, site.lock.deviceId, site.memory);
		this.conclusion = new CodeConclusion(site);
		this.codes = site.codes;
		[this.own] = this.living();
	}

	async perform(): Promise<DeviceAnswer> {
		const { memory, wanted } = this.site;
		const earlier = memory.write;
		if (earlier !== undefined) return await this.resume(earlier);
		const obstacle = this.obstacle();
		if (obstacle !== undefined) return this.conclusion.failed(obstacle, 'none');
		if (wanted.dryRun) return this.conclusion.preview(this.own, this.change());
		return await this.carryOut(true);
	}

	private living(): AccessCode[] {
		const { run, wanted } = this.site;
		return livingCodes(this.codes, wanted.reference, run.session.client.serviceClock.now());
	}

	/** A code that this run did not create may have any PIN, unless one was asked for. */
	private get target(): WantedOnLock {
		const { window, wanted, pin } = this.site;
		const isOwnWork = this.own !== undefined && this.own.id === this.createdId;
		const { reference, guestName } = wanted;
		const computed = isOwnWork && typeof pin === 'string' ? pin : undefined;
		return { ...window, reference, guestName, pin: wanted.pin ?? computed };
	}

	private change(): CodeChange | undefined {
		return this.own === undefined ? undefined : changeFor(this.own, this.target);
	}

	/** Why nothing may be sent to this lock. */
	private obstacle(): FailureFacts | undefined {
		const { lock, pin } = this.site;
		if (pin instanceof Failure) return pin.facts;
		if (this.own !== undefined && this.change() === undefined) return undefined;
		if (this.own?.isOffline) return texts.isOfflineCode(lock.name);
		return codesProblem(lock) ?? (this.own === undefined ? this.obstacleToNew() : undefined);
	}

	private obstacleToNew(): FailureFacts | undefined {
		const { lock, rules, window, run } = this.site;
		const nowMs = run.session.client.serviceClock.now();
		if (rules.constraints.has('start_date_in_future') && window.fromMs <= nowMs) {
			return texts.startsInThePast(lock.name);
		}
		const { mostCodes = Infinity } = rules;
		const isFull = this.codes.filter((code) => isLiving(code, nowMs)).length >= mostCodes;
		return isFull ? texts.lockIsFull(lock.name, mostCodes) : undefined;
	}

	/** @param mayRepeat Whether a refusal may come from a list that was out of date. */
	private async carryOut(mayRepeat: boolean): Promise<DeviceAnswer> {
		const { own } = this;
		const change = this.change();
		if (own !== undefined && change === undefined) return await this.conclude();
		const refused =
			own === undefined || change === undefined
				? await this.create()
				: await this.update(own, change);
		if (refused === undefined) return await this.conclude();
		if (!(refused instanceof Failure)) return refused;
		const { httpStatus } = refused.facts;
		const wasOutdated = httpStatus === 409 || (httpStatus === 404 && own !== undefined);
		if (!mayRepeat || !wasOutdated) return this.conclusion.refused(refused, this.writer.hasSent);
		const isSeen = () => httpStatus === 404 || this.living().length > 0;
		const ending = await this.lookAgain(isSeen, refused);
		if (ending !== undefined) return ending;
		[this.own] = this.living();
		// without a code of this booking, another code has the PIN
		return this.own === undefined
			? this.conclusion.refused(refused, this.writer.hasSent)
			: await this.carryOut(false);
	}

	private async create(): Promise<Failure | Ending> {
		const { run, lock, wanted, window, pin } = this.site;
		const code = {
			deviceId: lock.deviceId,
			name: codeNameFor(wanted.reference, wanted.guestName ?? ''),
			pin: typeof pin === 'string' ? pin : undefined,
			commonCodeKey: commonCodeKeyFor(wanted.reference),
			startsAtMs: window.fromMs,
			endsAtMs: window.untilMs,
		};
		const written = await this.writer.write(
			'created',
			undefined,
			async (limits) => await run.requests.create(code, run.meter, limits),
		);
		if ('refused' in written) return written.refused;
		this.did = 'created';
		return 'lost' in written
			? await this.findCreated(written.lost, code.pin)
			: await this.findAnswered(written.answer?.id);
	}

	/** The answer was lost. A new code that is what was sent is taken for the one that was sent. */
	private async findCreated(cause: Failure, pin: string | undefined): Promise<Ending> {
		const { guestName } = this.site.wanted;
		const sent = { ...this.site.window, reference: this.site.wanted.reference, guestName, pin };
		const found = () => this.living().find((code) => changeFor(code, sent) === undefined);
		const ending = await this.lookAgain(() => found() !== undefined, cause);
		if (ending !== undefined) return ending;
		this.createdId = found()?.id;
		if (this.createdId === undefined) return this.conclusion.unknown(cause);
		return await this.settle();
	}

	private async findAnswered(codeId: string | undefined): Promise<Ending> {
		this.createdId = codeId;
		const isSeen = () => this.living().some(({ id }) => codeId === undefined || id === codeId);
		const ending = await this.lookAgain(isSeen);
		if (ending !== undefined) return ending;
		return isSeen() ? await this.settle() : this.conclusion.gone();
	}

	/** Two executions at once may each have made a code: the younger one goes. */
	private async settle(): Promise<Ending> {
		const { wanted, lock } = this.site;
		const [oldest, ...younger] = this.living();
		this.own = oldest;
		if (younger.length === 0) return undefined;
		const mine = younger.find(({ id }) => id === this.createdId);
		if (mine !== undefined) await this.takeBack(mine);
		const ending = await this.lookAgain(() => this.living().length < 2);
		if (ending !== undefined) return ending;
		const left = this.living();
		if (left.length > 1) {
			return this.conclusion.failed(
				texts.severalCodes(lock.name, left, wanted.reference),
				'acknowledged',
			);
		}
		[this.own] = left;
		if (this.own === undefined) return this.conclusion.gone();
		if (mine === undefined) return undefined;
		this.createdId = undefined;
		this.did = undefined;
		return await this.carryOut(false);
	}

	/** What became of it, the next list shows. */
	private async takeBack({ id }: AccessCode): Promise<void> {
		const { run, lock } = this.site;
		await this.writer.write('created', id, async (limits) => {
			await run.requests.delete({ id, deviceId: lock.deviceId }, run.meter, limits);
		});
	}

	private async update(own: AccessCode, change: CodeChange): Promise<Failure | Ending> {
		const { run, memory } = this.site;
		this.pinBefore = own.pin;
		const written = await this.writer.write('updated', own.id, async (limits) => {
			await run.requests.update(own, change, run.meter, limits);
		});
		if ('refused' in written) return written.refused;
		this.did = 'updated';
		const found = () => this.living().find(({ id }) => id === own.id);
		const isSeen = () => {
			const code = found();
			return code !== undefined && changeFor(code, this.target) === undefined;
		};
		const cause = 'lost' in written ? written.lost : undefined;
		const ending = await this.lookAgain(isSeen, cause);
		if (ending !== undefined) return ending;
		if (cause !== undefined && !isSeen()) return this.conclusion.unknown(cause);
		if (cause !== undefined) memory.note({ did: 'updated', codeId: own.id, isAnswered: true }, 0);
		this.own = found();
		return this.own === undefined ? this.conclusion.gone() : undefined;
	}

	/** An earlier try of this run sent a write. It is looked for, and never sent again. */
	private async resume(earlier: SentWrite): Promise<DeviceAnswer> {
		this.did = earlier.did;
		this.createdId = earlier.did === 'created' ? earlier.codeId : undefined;
		this.writer.hasSent = true;
		const isDone = this.own !== undefined && this.change() === undefined;
		if (!earlier.isAnswered && !isDone) return this.conclusion.unknown(undefined);
		if (this.own === undefined) return this.conclusion.gone();
		return (await this.settle()) ?? (await this.conclude());
	}

	/** @returns An ending if Seam cannot be asked. */
	private async lookAgain(isSeen: () => boolean, cause?: Failure): Promise<Ending> {
		const codes = await this.writer.look((seen) => {
			this.codes = seen;
			return isSeen();
		});
		if (!(codes instanceof Failure)) {
			this.codes = codes;
			return undefined;
		}
		if (!this.writer.hasSent) return this.conclusion.failed(codes.facts, 'none');
		if (cause !== undefined && cause.facts.notExecuted !== true)
			return this.conclusion.unknown(cause);
		const facts = texts.notReadBack(codes.facts, 'set', this.site.lock.name);
		return this.conclusion.failed(facts, 'acknowledged');
	}

	private async conclude(): Promise<DeviceAnswer> {
		const { own, did, pinBefore, target } = this;
		if (own === undefined) return this.conclusion.gone();
		return await this.conclusion.of(own, { did, pinBefore, target, sent: this.writer.hasSent });
	}
}
