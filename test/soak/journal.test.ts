import type { IDataObject } from 'n8n-workflow';

import { Journal, ShownStates } from './journal';

/** The measuring code itself has to detect errors. */

const item = (event: string, more: IDataObject = {}): IDataObject => ({
	id: `${event}-1`,
	event,
	deviceId: 'car',
	part: 'lock',
	observedAt: '2026-11-21T22:30:00.000Z',
	...more,
});

/** A car that was locked, unlocked and locked again. */
function watched(): Journal {
	const journal = new Journal();
	const shown = new ShownStates(journal);
	for (const lock of ['locked', 'unlocked', 'unknown', 'locked'] as const)
		shown.look('car', { lock });
	return journal;
}

it.each([
	['everything', [item('unlocked'), item('locked')], {}],
	['one less', [item('unlocked')], { lost: 1 }],
	['one twice', [item('unlocked'), item('locked'), item('locked')], { doubled: 1 }],
	['the wrong order', [item('locked'), item('unlocked')], { disordered: 1 }],
	['too much', [item('unlocked'), item('locked'), item('doorOpened')], { untrue: 1 }],
	[
		'times that go back',
		[item('unlocked'), item('locked', { observedAt: '2026-11-21T22:29:00.000Z' })],
		{ disordered: 1 },
	],
])('%s is counted as such', (_what, items, wrong) => {
	const journal = watched();
	journal.emit(items);
	expect(journal.close()).toMatchObject({
		lost: 0,
		doubled: 0,
		disordered: 0,
		untrue: 0,
		...wrong,
	});
});

it('events lost in a crash are counted separately, unless the service delivers them again', () => {
	const journal = watched();
	journal.miss([item('unlocked'), item('locked')]);
	journal.emit([item('locked')]);
	expect(journal.close()).toMatchObject({ lost: 0, untrue: 0, missing: 1 });
});

it('a window and a door have events of their own, and ajar is open', () => {
	const journal = new Journal();
	const shown = new ShownStates(journal);
	shown.look('car', { 'windows.frontLeft': 'closed', 'openings.trunk': 'open' });
	shown.look('car', { 'windows.frontLeft': 'ajar', 'openings.trunk': 'closed' });
	journal.emit([
		item('windowOpened', { part: 'windows.frontLeft' }),
		item('doorClosed', { part: 'openings.trunk' }),
	]);
	expect(journal.close()).toMatchObject({ expected: 2, lost: 0, untrue: 0 });
});
