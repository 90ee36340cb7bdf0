import { EX30, XC40 } from '../../../simulators/volvo/seed';
import { rig, minutesPass, published, useVolvoTriggers } from '../../support/volvoTriggers';

useVolvoTriggers();

const device = (record: object) => ({ version: 2, devices: { [XC40]: record } });
const known = (more: object) => device({ known: { name: 'XC40', parts: '', changes: 1, ...more } });
const NEVER = 1e300;

it.each<[string, unknown]>([
	['nothing', null],
	['a list', []],
	['devices as a list', { version: 2, devices: [] }],
	['a device that is null', { version: 2, devices: { [XC40]: null } }],
	[
		'an older version',
		{ version: 1, devices: { [XC40]: { known: { name: 'XC40', lock: 'locked' } } } },
	],
	['a newer version', { version: 3, devices: { [XC40]: { is: 'new' } } }],
	['no parts', known({ parts: undefined })],
	['parts that nobody knows', known({ parts: 'mwqzilqu:zl' })],
	['a lock that is ajar', known({ parts: 'mwqzilqu:la' })],
	['a door that is locked', known({ parts: 'mwqzilqu:al' })],
	['a part twice', known({ parts: 'mwqzilqu:ll,lu' })],
	['a reading of the year 31690708', known({ parts: `${(1e21).toString(36)}:ll` })],
	['open since long before 1970', known({ parts: `mwqzilqu:lu${(1e15).toString(36)}` })],
	['open since the far future', known({ parts: `mwqzilqu:lu-${(1e15).toString(36)}` })],
	['a count without end', known({ changes: NEVER })],
	['a log of the far future', known({ log: { at: NEVER } })],
	['a doubt of the far future', known({ log: { at: 1, doubt: NEVER } })],
	['a pause without end', { version: 2, devices: {}, pausedUntil: NEVER }],
	['a pause of a device without end', device({ pausedUntil: NEVER })],
	['a turn that never comes', device({ due: NEVER })],
	['a list of the far future', { version: 2, devices: {}, listedAt: NEVER }],
	['too many calls', { version: 2, devices: {}, calls: NEVER, day: 'never' }],
	['calls of the far future', { version: 2, devices: {}, recent: [[NEVER, 90]] }],
])('%s in the state resets to a baseline', async (_what, watch) => {
	const poller = await published({ events: ['locked', 'unlocked', 'leftUnlocked', 'doorOpened'] });
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'LOCKED' } });
	poller.restart(JSON.stringify({ 'node:Node': { watch } }));
	for (let n = 0; n < 3; n++) {
		expect(await poller.poll()).toBeNull();
		minutesPass(1);
	}
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	expect(await poller.events()).toEqual(['unlocked']);
});

interface WatchOfTest {
	devices: Record<string, { known: { parts: string } }>;
}

describe('a state of which one car cannot be read', () => {
	async function damaged() {
		const poller = await published({ deviceIds: [XC40, EX30], events: ['locked', 'unlocked'] });
		await poller.poll();
		const stored = JSON.parse(poller.state) as Record<string, { watch: WatchOfTest }>;
		const { devices } = stored['node:Node']!.watch;
		expect(Object.keys(devices)).toEqual([XC40, EX30]);
		devices[XC40]!.known.parts = 'nonsense';
		poller.restart(JSON.stringify(stored));
		return poller;
	}
	const turn = (xc40: 'LOCKED' | 'UNLOCKED', ex30: 'LOCKED' | 'UNLOCKED') => {
		rig.simulator.editVehicle(XC40, { doors: { centralLock: xc40 } });
		rig.simulator.editVehicle(EX30, { doors: { centralLock: ex30 } });
	};

	it('loses this car only', async () => {
		const poller = await damaged();
		turn('UNLOCKED', 'LOCKED');
		minutesPass(5);
		expect((await poller.poll())?.map(({ deviceId }) => deviceId)).toEqual([EX30]);
		turn('LOCKED', 'UNLOCKED');
		minutesPass(5);
		expect((await poller.poll())?.map(({ deviceId }) => deviceId)).toEqual([XC40, EX30]);
	});

	it('is logged once, although polls fail and store nothing', async () => {
		const poller = await damaged();
		rig.setCredential({ vccApiKey: 'not-the-key' });
		for (let n = 0; n < 3; n++) {
			await expect(poller.poll()).rejects.toThrow(/Volvo/);
			minutesPass(5);
		}
		rig.setCredential({ vccApiKey: rig.simulator.vccApiKey });
		await poller.poll();
		minutesPass(5);
		await poller.poll();
		const lines = poller.log.filter((line) => line.includes('What was stored'));
		expect(lines).toEqual([
			expect.stringMatching(/^Volvo: What was stored about .+ could not be read/),
		]);
	});
});
