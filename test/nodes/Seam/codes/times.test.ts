import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { setting } from '../../../support/guestCodes';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

/** Runs Set in a workflow with a time zone of its own. */
async function run(parameters: IDataObject, timezone = 'America/New_York') {
	const nodes = [
		rig.engine.node('test.start', {}, { name: 'Start' }),
		rig.node(parameters, CONTINUE),
	];
	const connections = { Start: { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] } };
	return await rig.engine.startWorkflow({ nodes, connections, settings: { timezone } }).finished;
}

async function times(from: unknown, until: unknown, change: IDataObject = {}, timezone?: string) {
	const item = onlyItem(
		await run(setting('B-1', { from, until, ...change } as IDataObject), timezone),
	);
	return [item.from, item.until];
}

describe('a time without a zone', () => {
	it('is the time at the lock', async () => {
		expect(await times('2026-12-24T15:00', '2026-12-27 11:00:00')).toEqual([
			'2026-12-24T14:00:00.000Z',
			'2026-12-27T10:00:00.000Z',
		]);
	});

	it('is the time in the zone of the option', async () => {
		const options = { timeZone: 'Asia/Tokyo' };
		expect(await times('2026-12-24T15:00', '2026-12-27T11:00', { options })).toEqual([
			'2026-12-24T06:00:00.000Z',
			'2026-12-27T02:00:00.000Z',
		]);
	});

	it('is the time of the workflow where Seam knows no zone of the lock', async () => {
		const change = { deviceIds: [BACK_DOOR] };
		expect(await times('2026-12-24T15:00', '2026-12-27T11:00', change)).toEqual([
			'2026-12-24T20:00:00.000Z',
			'2026-12-27T16:00:00.000Z',
		]);
	});

	it('is the time of the workflow where the zone of the lock is unknown to this computer', async () => {
		rig.simulator.editDevice(BACK_DOOR, { location: { time_zone: 'Mars/Olympus' } });
		const change = { deviceIds: [BACK_DOOR] };
		expect(await times('2026-12-24T15:00', '2026-12-27T11:00', change)).toEqual([
			'2026-12-24T20:00:00.000Z',
			'2026-12-27T16:00:00.000Z',
		]);
	});

	it('differs between locks in different zones', async () => {
		const change = { deviceIds: [FRONT_DOOR, BACK_DOOR] };
		const done = await run(
			setting('B-1', { from: '2026-12-24T15:00', until: '2026-12-27T11:00', ...change }),
		);
		expect(done.json('Node')).toMatchObject([
			{ name: 'Front door', from: '2026-12-24T14:00:00.000Z' },
			{ name: 'Back door', from: '2026-12-24T20:00:00.000Z' },
		]);
	});

	it('covers the whole hour that is shown twice when clocks are set back', async () => {
		expect(await times('2027-10-31T02:30', '2027-10-31T02:30')).toEqual([
			'2027-10-31T00:30:00.000Z',
			'2027-10-31T01:30:00.000Z',
		]);
	});

	it('moves forward where clocks skip it', async () => {
		expect(await times('2027-03-28T02:30', '2027-03-28T12:00')).toEqual([
			'2027-03-28T01:30:00.000Z',
			'2027-03-28T10:00:00.000Z',
		]);
	});
});

it.each<[string, unknown]>([
	['an offset', '2026-12-24T15:00:00+02:00'],
	['an offset without a colon', '2026-12-24T15:00+0200'],
	['an offset of hours', '2026-12-24T15:00+02'],
	['an offset of half an hour', '2026-12-24T18:30+05:30'],
	['an offset to the west', '2026-12-24T08:00:00-05:00'],
	['UTC', '2026-12-24T13:00:00.000Z'],
	['UTC in small letters, with a comma', '2026-12-24t13:00:00,5z'],
	['a number of milliseconds', Date.parse('2026-12-24T13:00Z')],
	['the same as text', `${Date.parse('2026-12-24T13:00Z')}`],
	['a Date of an expression', "={{ new Date('2026-12-24T13:00:00Z') }}"],
	["n8n's DateTime", "={{ DateTime.fromISO('2026-12-24T13:00:00Z') }}"],
	[
		'a moment from now',
		"={{ $now.setZone('UTC').set({ year: 2026, month: 12, day: 24 }).startOf('day').plus({ hours: 13 }) }}",
	],
])('takes %s', async (_, from) => {
	expect(await times(from, '2027-01-02T11:00Z')).toEqual([
		'2026-12-24T13:00:00.000Z',
		'2027-01-02T11:00:00.000Z',
	]);
});

it.each<[string, IDataObject, string]>([
	['a bare date', { from: '2026-12-24' }, `'From' has no time of day: "2026-12-24"`],
	['an end of spaces', { until: '={{ " " }}' }, "'Until' is empty"],
	['an expression that gives nothing', { from: '={{ $json.missing }}' }, "'From' is empty"],
	['nothing', { until: '={{ null }}' }, "'Until' is empty"],
	['a list of a date', { from: ['2026-12-24'] }, "'From' is not a date"],
	['the 13th month', { from: '2027-13-01T10:00' }, "'From' is not a date"],
	['month 0', { from: '2027-00-01T10:00' }, "'From' is not a date"],
	['75 minutes', { from: '2027-02-20T10:75' }, "'From' is not a date"],
	['60 seconds', { from: '2027-02-20T10:00:60' }, "'From' is not a date"],
	['a time with more behind it', { from: '2027-02-20T10:00 or so' }, "'From' is not a date"],
	['a year that is too early', { from: '1999-02-20T10:00' }, "'From' is not a date"],
	[
		'an end at the begin',
		{ from: '2027-01-02T11:00Z', until: '2027-01-02T11:00Z' },
		"'Until' is not after 'From'",
	],
	['a word', { until: 'tomorrow' }, `'Until' is not a date with a time of day: "tomorrow"`],
	['seconds', { from: 1_798_124_400 }, "'From' is not a date with a time of day: 1798124400"],
	['30 February', { from: '2027-02-30T10:00' }, "'From' is not a date with a time of day"],
	['24:00', { from: '2027-02-20T24:00' }, "'From' is not a date with a time of day"],
	['an invalid DateTime', { from: "={{ DateTime.fromISO('x') }}" }, "'From' is not a date"],
	['a list', { from: ['2026-12-24T15:00'] }, "'From' is not a date"],
	[
		'an end before the begin',
		{ from: '2027-01-02T11:00', until: '2027-01-02T10:00' },
		"'Until' is not after 'From'",
	],
	[
		'an end that is over',
		{ from: '2026-01-02T11:00', until: '2026-01-03T10:00' },
		"'Until' is in the past",
	],
	['an unknown zone', { options: { timeZone: 'CEST' } }, `'Time Zone' cannot be "CEST"`],
])('refuses %s', async (_, change, message) => {
	const error = onlyError(await run(setting('B-1', change)));
	expect(error).toMatchObject({ reason: 'badRequest', evidence: 'none', sent: false });
	expect(error.message).toContain(message);
	expect(rig.calls().filter((path) => path.startsWith('/access_codes/create'))).toEqual([]);
});
