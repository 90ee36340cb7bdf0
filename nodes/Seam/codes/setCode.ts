import type { DeviceAnswer } from '../../shared/actions/answers';
import { clock } from '../../shared/basics/clock';
import { attempt, Failure, type FailureFacts } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { changeFor } from './bookingCodes';
import { codeNameFor, commonCodeKeyFor } from './bookingReference';
import type { SentWrite } from './codeMemory';
import { CodeOnLock, type Ending } from './codeOnLock';
import type { CodeChange } from './codeRequests';
import { codesProblem } from './codeRules';
import * as texts from './codeWriteTexts';
import { obstacleToNew, withNewPin, type SetSite } from './setSites';

/**
 * Makes the code of one booking on one lock what it shall be: creates it, changes it or leaves it
 * as it is. Each write is sent once, and read back.
 */
export async function setCode(site: SetSite): Promise<DeviceAnswer> {
	return await new SetOnLock(site).perform();
}

class SetOnLock extends CodeOnLock {
	async perform(): Promise<DeviceAnswer> {
		const { memory, wanted } = this.site;
		const earlier = memory.write;
		if (earlier !== undefined) return await this.resume(earlier);
		const obstacle = this.obstacle();
		if (obstacle !== undefined) return this.conclusion.failed(obstacle, 'none');
		if (wanted.dryRun) return this.conclusion.preview(this.own, this.change());
		return await this.carryOut(true);
	}

	/** Why nothing may be sent to this lock. */
	private obstacle(): FailureFacts | undefined {
		const { lock, pin } = this.site;
		if (pin instanceof Failure) return pin.facts;
		if (this.own !== undefined && this.change() === undefined) return undefined;
		if (this.own?.isOffline) return texts.isOfflineCode(lock.name);
		return codesProblem(lock) ?? (this.own === undefined ? obstacleToNew(this.site) : undefined);
	}

	/** @param mayRepeat Whether a refusal may come from a list that was out of date. */
	private async carryOut(mayRepeat: boolean): Promise<DeviceAnswer> {
		const { own } = this;
		const change = this.change();
		const refused =
			own === undefined ? await this.create() : change && (await this.update(own, change));
		if (refused === undefined) return await this.conclude();
		if (!(refused instanceof Failure)) return refused;
		const { httpStatus } = refused.facts;
		// Seam changes only codes that it still has and that are not being removed
		const isOfCode = own !== undefined && (httpStatus === 404 || httpStatus === 400);
		const wasOutdated = httpStatus === 409 || isOfCode;
		if (!mayRepeat || !wasOutdated) return this.conclusion.refused(refused, this.writer.hasSent);
		const isSeen = () => isOfCode || this.living().length > 0;
		const ending = (await this.lookAgain(isSeen, refused)) ?? (await this.settle());
		if (ending !== undefined) return ending;
		// without a code of this booking, another code has the PIN
		const isOther = isOfCode ? this.own?.id !== own.id : this.own !== undefined;
		if (!isOther) return this.conclusion.refused(refused, this.writer.hasSent);
		if (this.own === undefined) this.site = withNewPin(this.site, this.codes);
		const { pin } = this.site;
		return pin instanceof Failure
			? this.conclusion.failed(pin.facts, this.writer.hasSent ? 'acknowledged' : 'none')
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
		// a retry has to know which of two codes is this run's own
		this.site.memory.note({ did: 'created', codeId, isAnswered: true }, clock.now());
		const isSeen = () => this.living().some(({ id }) => codeId === undefined || id === codeId);
		const ending = await this.lookAgain(isSeen);
		if (ending !== undefined) return ending;
		return isSeen() ? await this.settle() : await this.findUnlisted(codeId);
	}

	/** Seam's list may be behind what it has answered. */
	private async findUnlisted(codeId: string | undefined): Promise<Ending> {
		if (codeId === undefined) return this.conclusion.notListed();
		const { run, lock } = this.site;
		const code = await attempt(async () => await run.requests.get(codeId, run.meter));
		if (code instanceof Failure) {
			const facts = texts.notReadBack(code.facts, 'set', lock.name);
			return this.conclusion.failed(facts, 'acknowledged');
		}
		if (code === undefined) return this.conclusion.gone();
		this.codes = [...this.codes, code];
		return this.living().length === 0 ? this.conclusion.gone() : await this.settle();
	}

	/**
	 * Executions at once may each have made a code. The younger ones go, each by its own maker. Two
	 * codes of the same second may look the wrong way round, so that the maker of the younger has
	 * left already: then this one gives way.
	 */
	private async settle(): Promise<Ending> {
		const { wanted, lock } = this.site;
		const mine = () => this.living().find(({ id }) => id === this.createdId);
		const isAlone = () => this.living().length < 2;
		if (!isAlone() && mine() === this.living()[0]) {
			const ending = await this.lookAgain(isAlone);
			if (ending !== undefined) return ending;
		}
		const surplus = isAlone() ? undefined : mine();
		if (surplus !== undefined) await this.takeBack(surplus);
		const ending = isAlone() ? undefined : await this.lookAgain(isAlone);
		if (ending !== undefined) return ending;
		const left = this.living();
		if (left.length > 1) {
			return this.conclusion.failed(
				texts.severalCodes(lock.name, left, wanted.reference),
				this.writer.hasSent ? 'acknowledged' : 'none',
			);
		}
		[this.own] = left;
		if (surplus === undefined) return undefined;
		if (this.own === undefined) return this.conclusion.gone();
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
		memory.note({ did: 'updated', codeId: own.id, isAnswered: true }, clock.now());
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
		const ending = this.own === undefined ? await this.findUnlisted(earlier.codeId) : undefined;
		if (ending !== undefined) return ending;
		return (await this.settle()) ?? (await this.conclude());
	}
}
