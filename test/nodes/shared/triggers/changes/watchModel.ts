import * as fc from 'fast-check';

import type { Openness, Reading } from '../../../../../nodes/shared/model/lockStatus';
import type { KnownDevice } from '../../../../../nodes/shared/triggers/changes/knownDevice';

/** A plain model of one car, against which the triggers' state is tested. */

export const PARTS = ['lock', 'doors.frontLeft', 'openings.trunk', 'windows.rearRight'] as const;
export type Part = (typeof PARTS)[number];

/** A service's value of each part at one moment. A missing part is not reported. */
export type Snapshot = Partial<Record<Part, 'in' | 'out' | 'ajar' | 'unknown'>>;

export const START_MS = Date.parse('2026-11-21T22:30:00.000Z');

const MINUTE_MS = 60_000;

export function atMinute(minute: number): number {
	return START_MS + minute * MINUTE_MS;
}

/** What n8n stores is JSON. */
export function stored(known: KnownDevice | undefined): KnownDevice | undefined {
	return known === undefined ? undefined : (JSON.parse(JSON.stringify(known)) as KnownDevice);
}

const value = fc.constantFrom('in' as const, 'out' as const, 'ajar' as const, 'unknown' as const);

export const snapshots: fc.Arbitrary<Snapshot> = fc.record(
	{
		lock: fc.constantFrom('in' as const, 'out' as const, 'unknown' as const),
		'doors.frontLeft': value,
		'openings.trunk': value,
		'windows.rearRight': value,
	},
	{ requiredKeys: ['lock'] },
);

const OPENNESS: Record<string, Openness> = {
	in: 'closed',
	out: 'open',
	ajar: 'ajar',
	unknown: 'unknown',
};

export function readingOf(
	deviceId: string,
	snapshot: Snapshot,
	observedAtMs: number | null,
): Reading {
	const group = (name: string) =>
		Object.fromEntries(
			Object.entries(snapshot)
				.filter(([path]) => path.startsWith(`${name}.`))
				.map(([path, state]) => [path.slice(name.length + 1), OPENNESS[state]!]),
		);
	return {
		service: 'smartcar',
		deviceId,
		deviceType: 'vehicle',
		name: deviceId,
		lock: snapshot.lock === 'in' ? 'locked' : snapshot.lock === 'out' ? 'unlocked' : 'unknown',
		doors: group('doors'),
		windows: group('windows'),
		openings: group('openings'),
		online: null,
		batteryLevel: null,
		observedAt: observedAtMs === null ? null : new Date(observedAtMs).toISOString(),
		raw: {},
	};
}

/** The true changes of each part: between two known values in a row that differ. */
export function trueChanges(snapshots: readonly Snapshot[]): Array<[index: number, Part, string]> {
	const known = new Map<Part, boolean>();
	return snapshots.flatMap((snapshot, index) =>
		PARTS.flatMap((part): Array<[number, Part, string]> => {
			const state = snapshot[part];
			if (state === undefined || state === 'unknown') return [];
			const isOut = state !== 'in';
			const before = known.get(part);
			known.set(part, isOut);
			return before === undefined || before === isOut ? [] : [[index, part, isOut ? 'out' : 'in']];
		}),
	);
}
