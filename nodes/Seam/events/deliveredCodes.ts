import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { recordOf, textOf } from '../../shared/basics/guards';
import { CallMeter } from '../../shared/http/request';
import { attempt, Failure } from '../../shared/model/failure';
import { openSession } from '../../shared/service/session';
import { logOnce } from '../../shared/triggers/webhook/refusal';
import type { WebhookState } from '../../shared/triggers/webhook/webhookState';
import { seamDefinition } from '../api/seamDefinition';
import { guestCodeOf } from '../codes/guestCode';
import { namedItems } from './codeItems';
import { CodeNames, namesMissing, namesUntilMs, type KnownCode } from './codeNames';
import { onlyTheseCodes } from './onlyTheseCodes';
import { RememberedCodes } from './rememberedCodes';

/** The names of codes for one delivery. The credential is read only if a code is asked for. */
class DeliveredNames {
	private names: Promise<CodeNames | Failure> | undefined;

	constructor(
		private readonly context: IWebhookFunctions,
		private readonly state: WebhookState,
	) {}

	async of(deviceId: string, codeId: string): Promise<KnownCode> {
		const names = await this.open();
		if (!(names instanceof Failure)) return await names.of(deviceId, codeId);
		return { guestCode: guestCodeOf(codeId, undefined), isKnown: false };
	}

	async learn(deviceId: string): Promise<void> {
		const names = await this.open();
		if (!(names instanceof Failure)) await names.listed(deviceId);
	}

	/** Why something could not be found out. */
	async failure(): Promise<Failure | undefined> {
		const names = await this.names;
		return names instanceof Failure ? names : names?.failure;
	}

	private async open(): Promise<CodeNames | Failure> {
		this.names ??= attempt(async () => {
			const { client } = await openSession(this.context, seamDefinition, 0);
			const memory = new RememberedCodes(this.state);
			return new CodeNames(client, new CallMeter(), namesUntilMs(), memory);
		});
		return await this.names;
	}
}

/** The items of a delivery with whose code they are about; none that is not of these bookings. */
export async function withCodes(
	context: IWebhookFunctions,
	items: readonly IDataObject[],
	state: WebhookState,
): Promise<IDataObject[]> {
	for (const { deviceId } of items) takeOverNames(context, textOf(deviceId) ?? '', state);
	const names = new DeliveredNames(context, state);
	const completed = await namedItems(items, names, onlyTheseCodes(context));
	logFailure(context, await names.failure());
	return completed;
}

/** Learns the names of the codes of a lock. Seam does not know them any more after a deletion. */
export async function learnCodes(
	context: IWebhookFunctions,
	deviceId: string,
	state: WebhookState,
): Promise<void> {
	takeOverNames(context, deviceId, state);
	const names = new DeliveredNames(context, state);
	await names.learn(deviceId);
	logFailure(context, await names.failure());
}

/** The delivery that named a code may have gone to another process. */
function takeOverNames(context: IWebhookFunctions, deviceId: string, state: WebhookState): void {
	const stored = recordOf(recordOf(context.getWorkflowStaticData('node').watch).devices);
	const { memo } = recordOf(stored[deviceId]);
	new RememberedCodes(state).takeOver(deviceId, textOf(memo));
}

function logFailure(context: IWebhookFunctions, failure: Failure | undefined): void {
	if (failure === undefined) return;
	logOnce(context, `codes ${failure.facts.reason}`, namesMissing(failure));
}
