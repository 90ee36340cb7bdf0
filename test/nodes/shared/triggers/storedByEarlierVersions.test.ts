import type { IDataObject } from 'n8n-workflow';

import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { reduce } from '../../../../nodes/shared/triggers/reduce';
import {
	readState,
	storedText,
	writeState,
	type TriggerState,
} from '../../../../nodes/shared/triggers/triggerState';

// Stored by earlier versions of this package. They have to stay readable.
const POLLED =
	'{"version":2,"credential":"seamApi","log":{"cursorMs":1795372923000,"seen":"shK5","failing":"upstream"},"pausedAt":1795374300000,"pausedUntil":1795374302000,"devices":{"front":{"known":{"parts":":do-mws0w7hw mws52qv4:lu0","changes":1795300217,"name":"Front door","log":{}},"failing":"upstream"},"back":{"known":{"parts":":dc mws3jsgw:ll","changes":1795300222,"name":"Back door","log":{"leads":true}},"failing":"upstream"},"office":{"known":{"parts":":do-mws5cyj8 mws6olfc:lu0","changes":1795300217,"name":"Office","log":{"at":1795373000000,"ahead":"unlocked","doubt":1795374000000}}}}}';
const BUDGETED =
	'{"version":2,"credential":"smartcarOAuth2Api","calls":75,"day":"2026-11-21","recent":[[1795300200000,4]],"listedAt":1795300200000,"devices":{"car":{"memo":"218eda3b@498694","spent":[24322,1],"due":1795300200000,"nameDue":1795300200000,"known":{"parts":"mwqyvvuo:ac,bc,cc,ec,lu0,mc,nc,oc,pc,tc,uc","changes":1795300200,"name":"TESLA Car 002 2024"}},"other":{"gone":true,"leftAt":1795300200000,"pausedAt":1795300200000,"pausedUntil":1795300202000}}}';
const DELIVERED =
	'{"version":2,"devices":{"car":{"known":{"parts":"mwqyvvuo.1:ll","changes":1795300200,"name":"Car"},"troubles":{"q83v3E":7}}},"late":2,"seen":["aB3dE5gH","iJ7lM9oP"],"words":{"Zm9vYmFy":["ERROR",1795300200000]},"published":1795300200000,"revision":5}';

const NOW_MS = 1795374400000;
const RULES = { events: new Set(['locked', 'unlocked'] as const), leftMinutes: 5 };

function stateOf(text: string): TriggerState {
	const complaints: string[] = [];
	const state = readState(text, (line) => complaints.push(line));
	expect(complaints).toEqual([]);
	return state ?? { devices: new Map() };
}

it.each([
	['polled locks', POLLED],
	['cars with a budget of calls', BUDGETED],
	['deliveries', DELIVERED],
])('the state of %s is read in full, and stored as it was', (_what, text) => {
	const staticData: IDataObject = {};
	writeState(staticData, stateOf(text), undefined);
	expect(JSON.parse(storedText(staticData) ?? '')).toEqual(JSON.parse(text));
});

describe('a lock goes on in the phase in which it was stored:', () => {
	function poll(deviceId: string, lock: 'locked' | 'unlocked', nowMs = NOW_MS) {
		const reading = {
			...nothingRead({ service: 'seam', deviceType: 'lock' }, deviceId, deviceId),
			lock,
		};
		const { known, found } = reduce(stateOf(POLLED).devices, [{ reading, log: [] }], RULES, nowMs);
		return { log: known.get(deviceId)?.log, events: found.map(({ change }) => change.event) };
	}

	it.each([
		['a reading that agrees', 'front', 'unlocked', { log: {}, events: [] }],
		['one that contradicts', 'front', 'locked', { log: { doubt: NOW_MS }, events: [] }],
		['one that shows what the log had ahead', 'back', 'locked', { log: {}, events: [] }],
		[
			'one that does not show it yet',
			'back',
			'unlocked',
			{ log: { leads: true, doubt: NOW_MS }, events: [] },
		],
		[
			'one that contradicts for longer than a log is behind',
			'office',
			'locked',
			{ log: { at: 1795374000000, ahead: 'locked' }, events: ['locked'] },
		],
		[
			'one that agrees with what was emitted ahead of the log',
			'office',
			'unlocked',
			{ log: { at: 1795373000000, ahead: 'unlocked' }, events: [] },
		],
	] as const)('%s', (_what, deviceId, lock, outcome) => {
		expect(poll(deviceId, lock)).toEqual(outcome);
	});
});
