import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { shortened } from '../../shared/basics/sentences';
import type { WatchRules } from '../../shared/triggers/changes/observation';
import { toEventItems } from '../../shared/triggers/eventItems';
import { reduce } from '../../shared/triggers/reduce';
import { asSample, samplesOf, withoutValues } from '../../shared/triggers/sampleEvents';
import { toNoticeItem } from '../../shared/triggers/notice';
import type { WebhookState } from '../../shared/triggers/webhook/webhookState';
import { reasonOf } from '../api/smartcarErrorRows';
import {
	isAboutLocks,
	type VehicleErrorEntry,
	type VehicleErrors,
	type VehicleState,
} from './smartcarPayload';

/** What the node's parameters and its credential ask for. */
export interface Wanted {
	rules: WatchRules;
	includeErrors: boolean;
	includeAllErrors: boolean;
	/** `null` = every vehicle. */
	deviceIds: string[] | null;
	isTest: boolean;
}

/** Of Smartcar's description of an error. */
const MAX_DESCRIPTION_CHARACTERS = 200;
/** Enough to tell the errors of one vehicle apart. */
const KEY_LETTERS = 6;

const SAMPLE_ERROR: VehicleErrorEntry = {
	type: 'VEHICLE_STATE',
	code: 'ASLEEP',
	state: 'ERROR',
	description: 'The vehicle is asleep',
	signals: ['closure-islocked'],
};

const NOTHING: WatchRules = { events: new Set(), leftMinutes: 0 };

/** The items of a delivery. The state then knows what it says. */
export function newItems(
	content: VehicleState | VehicleErrors,
	state: WebhookState,
	wanted: Wanted,
): IDataObject[] {
	if (content.kind === 'state') return changesOf(content, state, wanted);
	const { deviceId, sequence, deliveredAtMs } = content;
	return errorItems(content, wanted, (error) => {
		if (!isWanted(error, wanted)) return false;
		const errorId = errorKey(error);
		if (sequence !== undefined && state.isOvertaken(deviceId, errorId, sequence)) return false;
		// Smartcar may report one error under two event ids, seconds apart
		const subject = `${deviceId} ${errorId}`;
		return !state.isRecentMessage(subject, error.state, deliveredAtMs ?? clock.now());
	});
}

/** One error of a vehicle: what is wrong, with which signals. Short, because it is kept. */
function errorKey({ type, code, signals }: VehicleErrorEntry): string {
	const content = [type, code, ...signals].join(' ');
	return createHash('sha256').update(content).digest('base64').slice(0, KEY_LETTERS);
}

function isWanted(error: VehicleErrorEntry, { includeAllErrors }: Wanted): boolean {
	return includeAllErrors || isAboutLocks(error);
}

function changesOf(content: VehicleState, state: WebhookState, { rules }: Wanted): IDataObject[] {
	const { reading, sequence, deliveredAtMs, isFirst } = content;
	const nowMs = clock.now();
	// our clock may be behind, and the order is that of Smartcar's times
	const smartcarNowMs = Math.max(nowMs, deliveredAtMs ?? 0);
	const observations = [{ reading, sequence }];
	const reduced = reduce(state.devices, observations, isFirst ? NOTHING : rules, smartcarNowMs);
	state.apply(reduced);
	return toEventItems(reduced.found, [reading], nowMs, 0);
}

function errorItems(
	{ eventId, deviceId, name, errors, deliveredAtMs }: VehicleErrors,
	{ includeErrors }: Wanted,
	isNews: (error: VehicleErrorEntry) => boolean,
): IDataObject[] {
	if (!includeErrors) return [];
	return errors.flatMap((error, index) => {
		if (!isNews(error)) return [];
		const { type, code, state, description, signals } = error;
		const isOver = state === 'RESOLVED';
		const given = description || [type, code].filter(Boolean).join(': ');
		const what = shortened(given, MAX_DESCRIPTION_CHARACTERS);
		const notice = {
			id: errors.length > 1 ? `${eventId}:${index}` : eventId,
			event: 'vehicleError',
			observedAtMs: deliveredAtMs,
			text: isOver
				? `The problem of ${name} is resolved: ${what}`
				: `${name} has a problem: ${what}`,
			details: {
				reason: reasonOf(type, code),
				state: isOver ? 'resolved' : 'error',
				type,
				code,
				signals,
			},
		};
		return [toNoticeItem(notice, { service: 'smartcar', deviceId, name }, null, clock.now())];
	});
}

/**
 * A sample of each chosen event. A test of the Dashboard may be about signals that the trigger
 * ignores.
 */
export function testItems(content: VehicleState | VehicleErrors, wanted: Wanted): IDataObject[] {
	const isInvented = content.isTest && !wanted.isTest;
	if (content.kind === 'errors') {
		const items = errorItems(content, wanted, (error) => content.isTest || isWanted(error, wanted));
		return isInvented ? items.map(asSample) : items;
	}
	const { deliveredAtMs, sequence, isTest } = content;
	const reading = isInvented ? withoutValues(content.reading) : content.reading;
	const { deviceId, name } = reading;
	const of = { kind: 'errors', eventId: 'sample:vehicleError', deviceId, name } as const;
	const sample = { ...of, deliveredAtMs, sequence, isTest, errors: [SAMPLE_ERROR] };
	return [
		...samplesOf(reading, wanted.rules, false).map(({ json }) => json),
		...errorItems(sample, wanted, () => true).map(asSample),
	];
}
