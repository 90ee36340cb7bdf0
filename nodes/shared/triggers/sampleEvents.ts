import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { clock } from '../basics/clock';
import { textOf } from '../basics/guards';
import { toLockStatus, type Parts, type Reading } from '../model/lockStatus';
import { toEventItem, WATCH_EVENTS, type Change, type WatchEvent } from './changes/change';
import type { NoticeContent } from '../model/lockLog';
import type { WatchRules } from './changes/observation';
import { toNoticeItem } from './notice';
import {
	isOpenOrUnlocked,
	kindOf,
	knownStates,
	type KnownState,
	type PartKind,
	type PartPath,
} from './changes/parts';

const SAMPLES: Record<WatchEvent, { kind: PartKind; from: KnownState | null; to: KnownState }> = {
	doorClosed: { kind: 'door', from: 'open', to: 'closed' },
	doorLeftOpen: { kind: 'door', from: null, to: 'open' },
	doorOpened: { kind: 'door', from: 'closed', to: 'open' },
	leftUnlocked: { kind: 'lock', from: null, to: 'unlocked' },
	locked: { kind: 'lock', from: 'unlocked', to: 'locked' },
	unlocked: { kind: 'lock', from: 'locked', to: 'unlocked' },
	windowClosed: { kind: 'window', from: 'open', to: 'closed' },
	windowLeftOpen: { kind: 'window', from: null, to: 'open' },
	windowOpened: { kind: 'window', from: 'closed', to: 'open' },
};

const USUAL_PARTS: Record<PartKind, PartPath> = {
	lock: 'lock',
	door: 'doors.frontLeft',
	window: 'windows.frontLeft',
};

/** Marks an item as a sample. A workflow under test may send its text to people. */
export function asSample(item: IDataObject): IDataObject {
	return { ...item, text: `Sample: ${textOf(item.text) ?? ''}` };
}

/** A reading without its values. They may be invented, such as those of a service's own test. */
export function withoutValues(reading: Reading): Reading {
	const { service, deviceId, deviceType, name, doors, windows, openings, raw } = reading;
	return {
		service,
		deviceId,
		deviceType,
		name,
		lock: 'unknown',
		doors: unknownParts(doors),
		windows: windows && unknownParts(windows),
		openings: unknownParts(openings),
		online: null,
		batteryLevel: null,
		observedAt: null,
		raw,
	};
}

function unknownParts(parts: Parts): Parts {
	return Object.fromEntries(Object.keys(parts).map((part) => [part, 'unknown']));
}

/**
 * One item for each chosen event, as if it had just happened to the device. The status is that of
 * the reading: the event is invented, so the status must not repeat it.
 * @param hasLog Whether the service keeps a log of lock events, whose entries have more fields.
 */
export function samplesOf(
	reading: Reading,
	rules: WatchRules,
	hasLog: boolean,
): INodeExecutionData[] {
	const nowMs = clock.now();
	return WATCH_EVENTS.filter((event) => rules.events.has(event)).map((event) => {
		const change = sampleChange(event, reading, hasLog, nowMs);
		const item = toEventItem(change, toLockStatus(reading, nowMs), nowMs, rules.leftMinutes);
		return { json: asSample(item) };
	});
}

/** An item for each of these notices, as if it had just come. */
export function sampleNotices(
	reading: Reading,
	notices: Iterable<NoticeContent>,
): INodeExecutionData[] {
	const nowMs = clock.now();
	const status = toLockStatus(reading, nowMs);
	return [...notices].map((notice) => {
		const text = notice.describe(status.name);
		const sample = { ...notice, id: `sample:${notice.event}`, observedAtMs: nowMs, text };
		return { json: asSample(toNoticeItem(sample, status, status, nowMs)) };
	});
}

function sampleChange(event: WatchEvent, reading: Reading, hasLog: boolean, nowMs: number): Change {
	const { kind, from, to } = SAMPLES[event];
	const ownParts = knownStates(reading).filter(([path]) => kindOf(path) === kind);
	// prefer a part in this state, so that the event fits the status
	const fitting = ownParts.find(([, state]) => isOpenOrUnlocked(state) === isOpenOrUnlocked(to));
	const part =
		(fitting ?? ownParts[0])?.[0] ??
		(reading.deviceType === 'lock' && kind === 'door' ? 'doors.door' : USUAL_PARTS[kind]);
	const isLogged = hasLog && kind === 'lock';
	const readAtMs = reading.observedAt === null ? null : Date.parse(reading.observedAt);
	const reportedAtMs = readAtMs ?? (isLogged ? nowMs : null);
	return {
		id: `sample:${event}`,
		deviceId: reading.deviceId,
		event,
		part,
		from,
		to: fitting?.[1] ?? to,
		// a "left" event always has a start time, even if the service gives none
		observedAtMs: reportedAtMs ?? (from === null ? nowMs : null),
		previousObservedAtMs: reportedAtMs,
		orderMs: nowMs,
		...(isLogged && from !== null ? { logged: { method: 'manual', accessCodeId: null } } : {}),
	};
}
