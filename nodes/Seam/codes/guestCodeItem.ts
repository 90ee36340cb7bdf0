import type { IDataObject } from 'n8n-workflow';

import { isoOf } from '../../shared/basics/times';
import { subjectOf } from '../../shared/model/statusText';
import type { AccessCode } from './accessCode';
import { guestNameOf, referenceOf } from './bookingReference';
import type { CodeOutcome } from './codeOutcome';
import { problemsOf } from './codeProblems';
import { expectedAtMs } from './codeState';
import { codeText } from './codeText';

/**
 * The output item of one code on one lock.
 * @param nowMs The time on Seam's clock, Unix time in milliseconds.
 */
export function guestCodeItem(service: string, outcome: CodeOutcome, nowMs: number): IDataObject {
	const { deviceId, name, label, code, wanted, state, evidence, write } = outcome;
	const reference = code === undefined ? (wanted?.reference ?? null) : referenceOf(code);
	const problems = [
		...(outcome.problems ?? []),
		...(code === undefined ? [] : problemsOf(code)),
	].map((problem) => ({ ...problem }));
	const accessCodeId = code?.id ?? wanted?.accessCodeId ?? null;
	const codeName = code === undefined ? null : withoutPin(code.name, code);
	const guestName = code === undefined ? wanted?.guestName : withoutPin(guestNameOf(code), code);
	const subject = deviceId === null ? 'its lock' : subjectOf(label ?? name ?? '', deviceId, 'lock');
	return {
		service,
		deviceId,
		deviceType: 'lock',
		name,
		accessCodeId,
		bookingReference: reference,
		guestName: guestName ?? null,
		codeName,
		state,
		evidence,
		...write,
		from: isoOf(code === undefined ? (wanted?.fromMs ?? null) : code.startsAtMs),
		until: isoOf(code === undefined ? (wanted?.untilMs ?? null) : code.endsAtMs),
		expectedAt: code === undefined ? null : isoOf(expectedAtMs(code, nowMs)),
		problems,
		text: codeText({
			subject,
			reference,
			accessCodeId,
			codeName,
			state,
			write,
			problems,
			isByCodeId: outcome.isByCodeId ?? false,
		}),
		...(outcome.includePin ? { pin: code?.pin ?? null } : {}),
	};
}

/** People write PINs into names, and a name is shown to those who may not see the PIN. */
function withoutPin(text: string | null, { pin }: Pick<AccessCode, 'pin'>): string | null {
	return text === null || !pin ? text : text.replaceAll(pin, '…');
}
