import { observe } from '../../../../../nodes/shared/triggers/changes/observe';
import { WATCH_EVENTS } from '../../../../../nodes/shared/triggers/changes/change';
import {
	isKnownDevice,
	type KnownDevice,
} from '../../../../../nodes/shared/triggers/changes/knownDevice';
import type { WatchRules } from '../../../../../nodes/shared/triggers/changes/observation';
import type { Reading } from '../../../../../nodes/shared/model/lockStatus';
import { atMinute, readingOf, START_MS, stored, type Snapshot } from './watchModel';

const NOTHING_LEFT: WatchRules = {
	events: new Set(WATCH_EVENTS.filter((event) => !/left/i.test(event))),
	leftMinutes: 10,
};

describe('less than 400 bytes of state', () => {
	const VIN = 'YV1XZ16A1N2000101';
	const UUID = '11111111-2222-4333-8444-555555555555';
	const ROWS = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight'];
	const THREE_ROWS = [...ROWS, 'row3Left', 'row3Right'];
	const group = (name: string, parts: string[]) => parts.map((part) => `${name}.${part}`);
	const doorsAndWindows = (rows: string[]) => [...group('doors', rows), ...group('windows', rows)];

	/**
	 * The state of a device whose parts were opened one by one, after each reading as large as it
	 * gets.
	 */
	function sizeOf(
		deviceId: string,
		name: string,
		parts: string[],
		timeGroupOf: (path: string) => string,
	) {
		const paths = ['lock', ...parts];
		const timeGroups = paths.map(timeGroupOf);
		let known: KnownDevice | undefined;
		for (let opened = 0; opened <= paths.length; opened++) {
			const nowMs = atMinute(opened * 100) + 12_345;
			const partTimes = paths.map((path, index): [string, string] => {
				const ageMs = timeGroups.indexOf(timeGroups[index]!) * 61_234;
				return [path, new Date(nowMs - ageMs).toISOString()];
			});
			const states = paths.map((path, index) => [path, index < opened ? 'out' : 'in']);
			const reading: Reading = {
				...readingOf(deviceId, Object.fromEntries(states) as Snapshot, null),
				name,
				partTimes: Object.fromEntries(partTimes),
			};
			({ known } = observe(stored(known), { reading }, NOTHING_LEFT, nowMs));
		}
		expect(isKnownDevice(known)).toBe(true);
		const memo = deviceId === UUID ? { memo: UUID } : {};
		return JSON.stringify({ [deviceId]: { known, due: START_MS, ...memo } }).length;
	}

	it('Volvo, where each part has a time of its own', () => {
		const paths = [...doorsAndWindows(ROWS), ...group('openings', ['hood', 'trunk', 'sunroof'])];
		expect(sizeOf(VIN, 'XC40 2022', paths, (path) => path)).toBeLessThan(400);
	});

	it('Smartcar, where all doors share a time, and all windows', () => {
		const openings = ['hood', 'trunk', 'frontTrunk', 'sunroof'];
		const paths = [...doorsAndWindows(THREE_ROWS), ...group('openings', openings)];
		const signalOf = (path: string) => (path.startsWith('openings') ? path : path.split('.')[0]!);
		expect(sizeOf(UUID, 'VOLKSWAGEN ID. Buzz 2025', paths, signalOf)).toBeLessThan(400);
	});
});
