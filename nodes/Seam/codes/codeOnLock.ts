import type { DeviceAnswer } from '../../shared/actions/answers';
import { Failure } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { changeFor, livingCodes, type WantedOnLock } from './bookingCodes';
import type { SentWrite } from './codeMemory';
import type { CodeChange } from './codeRequests';
import { CodeWriter } from './codeWriter';
import * as texts from './codeWriteTexts';
import { CodeConclusion } from './setConclusion';
import type { SetSite } from './setSites';

/** A step that ends the whole, or `undefined` to go on. */
export type Ending = DeviceAnswer | undefined;

/** What is known of the code of one booking on one lock while it is being set. */
export abstract class CodeOnLock {
	protected readonly writer: CodeWriter;
	protected readonly conclusion: CodeConclusion;
	protected codes: AccessCode[];
	protected own: AccessCode | undefined;
	protected did: SentWrite['did'] | undefined;
	protected createdId: string | undefined;
	protected pinBefore: string | null = null;

	constructor(protected site: SetSite) {
		this.writer = new CodeWriter(site.run, site.lock.deviceId, site.memory);
		this.conclusion = new CodeConclusion(site);
		this.codes = site.codes;
		[this.own] = this.living();
	}

	protected living(): AccessCode[] {
		const { run, wanted } = this.site;
		return livingCodes(this.codes, wanted.reference, run.session.client.serviceClock.now());
	}

	/** A code that this run did not create may have any PIN, unless one was asked for. */
	protected get target(): WantedOnLock {
		const { window, wanted, pin } = this.site;
		const isOwnWork = this.own !== undefined && this.own.id === this.createdId;
		const { reference, guestName } = wanted;
		const computed = isOwnWork && typeof pin === 'string' ? pin : undefined;
		return { ...window, reference, guestName, pin: wanted.pin ?? computed };
	}

	protected change(): CodeChange | undefined {
		return this.own === undefined ? undefined : changeFor(this.own, this.target);
	}

	/** @returns An ending if Seam cannot be asked. */
	protected async lookAgain(isSeen: () => boolean, cause?: Failure): Promise<Ending> {
		const codes = await this.writer.look((seen) => {
			this.codes = seen;
			return isSeen();
		});
		if (!(codes instanceof Failure)) {
			this.codes = codes;
			return undefined;
		}
		if (!this.writer.hasSent) return this.conclusion.failed(codes.facts, 'none');
		if (cause !== undefined) return this.conclusion.unknown(cause);
		const facts = texts.notReadBack(codes.facts, 'set', this.site.lock.name);
		return this.conclusion.failed(facts, 'acknowledged');
	}

	protected async conclude(): Promise<DeviceAnswer> {
		const { own, did, pinBefore, target } = this;
		if (own === undefined) return this.conclusion.gone();
		const { hasSent: sent, sentAtMs } = this.writer;
		const { codes } = this;
		return await this.conclusion.of(own, { did, pinBefore, target, sent, sentAtMs, codes });
	}
}
