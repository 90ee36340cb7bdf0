import type { IDataObject } from 'n8n-workflow';

import type { LockStatus } from '../../model/lockStatus';
import { isoOf } from '../../basics/times';
import { entryOf } from '../../basics/guards';
import { partLabel, type KnownState, type PartPath } from './parts';

export const WATCH_EVENTS = [
	'doorClosed',
	'doorLeftOpen',
	'doorOpened',
	'leftUnlocked',
	'locked',
	'unlocked',
	'windowClosed',
	'windowLeftOpen',
	'windowOpened',
] as const;

export type WatchEvent = (typeof WATCH_EVENTS)[number];

/** One change of one device. Times are Unix time in milliseconds. */
export interface Change {
	/** Stable: the same change has the same id, however often it is found. */
	id: string;
	deviceId: string;
	event: WatchEvent;
	part: PartPath;
	/** `null` if unknown, and for the "left open" and "left unlocked" events. */
	from: KnownState | null;
	to: KnownState;
	/** The service's own time of the new value. `null` if the service gives none. */
	observedAtMs: number | null;
	/** The service's own time of the previous reading. */
	previousObservedAtMs: number | null;
	/** Sort key among the other changes of a poll. */
	orderMs: number;
	/** Only for changes from an event log: the method and the access code. */
	logged?: { method: string | null; accessCodeId: string | null };
}

/** @param leftMinutes The minutes that the "left open" and "left unlocked" texts name. */
export function toEventItem(
	change: Change,
	status: LockStatus,
	nowMs: number,
	leftMinutes: number,
): IDataObject {
	return {
		id: change.id,
		event: change.event,
		service: status.service,
		deviceId: status.deviceId,
		name: status.name,
		part: change.part,
		from: change.from,
		to: change.to,
		observedAt: isoOf(change.observedAtMs),
		previousObservedAt: isoOf(change.previousObservedAtMs),
		detectedAt: isoOf(nowMs),
		text: sentenceOf(change, status.name, leftMinutes),
		...change.logged,
		status: { ...status },
	};
}

const METHODS: Record<string, string> = {
	automatic: ' by itself',
	card: ' with a card',
	keycode: ' with a code',
	manual: ' by hand',
	remote: ' remotely',
};

/** What happened, without a full stop. */
export function sentenceOf(
	{ event, part, logged }: Pick<Change, 'event' | 'part' | 'logged'>,
	name: string,
	leftMinutes: number,
): string {
	const minutes = `${leftMinutes} ${leftMinutes === 1 ? 'minute' : 'minutes'}`;
	switch (event) {
		case 'locked':
		case 'unlocked':
			return `${name} was ${event}${entryOf(METHODS, logged?.method) ?? ''}`;
		case 'leftUnlocked':
			return `${name} was left unlocked for ${minutes}`;
		case 'doorLeftOpen':
		case 'windowLeftOpen':
			return `The ${partLabel(part)} of ${name} was left open for ${minutes}`;
		case 'doorOpened':
		case 'windowOpened':
			return `The ${partLabel(part)} of ${name} was opened`;
		case 'doorClosed':
		case 'windowClosed':
			return `The ${partLabel(part)} of ${name} was closed`;
	}
}
