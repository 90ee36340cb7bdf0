import type { IDataObject } from 'n8n-workflow';

import { isoOf } from '../../shared/basics/times';
import { subjectOf } from '../../shared/model/statusText';
import type { CodeOutcome } from './codeOutcome';
import { problemsOf } from './codeProblems';
import type { CodeRun } from './codeRun';
import { expectedAtMs } from './codeState';
import { codeText } from './codeText';
import { guestCodeOf } from './guestCode';

/**
 * The output item of one code on one lock.
 * @param nowMs The time on Seam's clock, Unix time in milliseconds.
 */
export function guestCodeItem(service: string, outcome: CodeOutcome, nowMs: number): IDataObject {
	const { deviceId, name, label, code, wanted, state, evidence, write } = outcome;
	const known = code && guestCodeOf(code.id, code);
	const reference = (known === undefined ? wanted?.reference : known.bookingReference) ?? null;
	const guestName = (known === undefined ? wanted?.guestName : known.guestName) ?? null;
	const accessCodeId = code?.id ?? wanted?.accessCodeId ?? null;
	const codeName = known?.name ?? null;
	const problems = [
		...(outcome.problems ?? []),
		...(code === undefined ? [] : problemsOf(code)),
	].map((problem) => ({ ...problem }));
	const subject = deviceId === null ? 'its lock' : subjectOf(label ?? name ?? '', deviceId, 'lock');
	return {
		service,
		deviceId,
		deviceType: 'lock',
		name,
		accessCodeId,
		bookingReference: reference,
		guestName,
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

/** The item of a run. The lock's label differs if another lock has the same name. */
export function codeItem(
	{ session }: Pick<CodeRun, 'session'>,
	outcome: Omit<CodeOutcome, 'label'>,
) {
	const { definition, names, client } = session;
	const { deviceId } = outcome;
	const isNamed = deviceId !== null && names.of(deviceId) !== null;
	const label = isNamed ? names.labelOf(deviceId) : undefined;
	return guestCodeItem(definition.service, { ...outcome, label }, client.serviceClock.now());
}
