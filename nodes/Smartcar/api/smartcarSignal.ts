import { causeFrom } from '../../shared/model/cause';
import type { Cause } from '../../shared/model/reading';
import { isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { RECONNECT, rowOf } from './smartcarErrorRows';

/** One value of a vehicle, in v3's readings and its webhooks. */
export interface Signal {
	code: string;
	isValid: boolean;
	/** The car has no such part. That is different from an unknown state. */
	isUnsupported: boolean;
	/** Why there is no value, if Smartcar gives a cause. */
	cause: Cause | undefined;
	body: Record<string, unknown>;
	meta: Record<string, unknown>;
}

export function signalFrom(value: unknown): Signal | undefined {
	const signal = recordOf(value);
	// a webhook sends the same without the outer shell
	const attributes = isRecord(signal.attributes) ? signal.attributes : signal;
	const code = textOf(attributes.code) ?? textOf(signal.id);
	if (code === undefined) return undefined;
	const status = recordOf(attributes.status);
	const error = recordOf(status.error);
	// the webhook documentation shows a status only for failed signals: a good one has a body and no
	// status
	const isGood = (attributes.status ?? null) === null && isRecord(attributes.body);
	const isValid = isGood || status.value === 'SUCCESS';
	return {
		code,
		isValid,
		isUnsupported: !isValid && error.type === 'COMPATIBILITY' && !asksToReconnect(error),
		cause: causeIn(error),
		body: recordOf(attributes.body),
		meta: recordOf(signal.meta),
	};
}

/** A webhook omits the resolution. Source: smartcar.com, "API errors": COMPATIBILITY. */
function asksToReconnect({ code, resolution }: Record<string, unknown>): boolean {
	const way = textOf(recordOf(resolution).type) ?? resolution;
	return way === 'REAUTHENTICATE' || code === 'PLATFORM_NOT_CAPABLE';
}

function causeIn(error: Record<string, unknown>): Cause | undefined {
	const type = textOf(error.type);
	if (type === undefined) return undefined;
	const code = textOf(error.code);
	const row = rowOf(type, code) ?? unfamiliar(`${type}/${code ?? 'null'}`, error);
	const known = asksToReconnect(error)
		? { ...row, reason: 'permission' as const, userAction: RECONNECT }
		: row;
	return causeFrom(known, 'Smartcar');
}

function unfamiliar(name: string, { detail, description, title }: Record<string, unknown>) {
	const words = textOf(detail) ?? textOf(description) ?? textOf(title);
	const what = `Smartcar says ${[name, words?.replace(/\.$/, '')].filter(Boolean).join(': ')}`;
	return { reason: 'unknown', what, userAction: '' } as const;
}
