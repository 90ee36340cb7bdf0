import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR, HALL_THERMOSTAT } from '../../../../simulators/seam/seed';
import { rig, push, usePublishedPush } from '../../../support/seamPush';

usePublishedPush();

const NOTICES: Array<[string, IDataObject]> = [
	['device.low_battery', { battery_level: 0.1 }],
	['device.disconnected', { error_code: 'device_disconnected' }],
	['device.connected', {}],
	['lock.access_denied', {}],
];
const ofThermostat = async (eventType: string, more: IDataObject = {}) =>
	await push.happens(eventType, { ...more, device_id: HALL_THERMOSTAT });
const events = () => push.host.items.map(({ event, deviceId }) => [event, deviceId]);

it.each(NOTICES)(
	'%s of what cannot be locked starts nothing, and is answered',
	async (type, more) => {
		await ofThermostat(type, more);
		expect(push.statuses).toEqual([200]);
		expect(push.host.executions).toEqual([]);
		expect(push.host.log).toEqual([]);
	},
);

it.each(NOTICES)(
	'%s of a lock is an event, even when almost nothing is known about it',
	async (type, more) => {
		const [later] = rig.simulator.addLocks(1);
		await push.happens(type, more);
		await push.happens(type, { ...more, device_id: later! });
		expect(events()).toEqual([
			[expect.any(String), FRONT_DOOR],
			[expect.any(String), later],
		]);
	},
);

it('a device that cannot be locked is looked up once a day, a lock that was added later only once', async () => {
	for (let n = 0; n < 5; n++) await ofThermostat('device.low_battery', { battery_level: 0.1 });
	expect(rig.calls()).toEqual(['/devices/get']);
	rig.time.advance(25 * 3600);
	await ofThermostat('device.low_battery', { battery_level: 0.1 });
	expect(rig.calls()).toHaveLength(2);
	expect(push.host.executions).toEqual([]);
	// it can be locked now
	rig.time.advance(25 * 3600);
	rig.simulator.editDevice(HALL_THERMOSTAT, { can_remotely_lock: true });
	await ofThermostat('device.low_battery', { battery_level: 0.1 });
	expect(push.host.executions).toHaveLength(1);
});

describe('while Seam cannot be reached', () => {
	beforeEach(() => rig.simulator.faults.set({ name: 'unavailable', path: '/devices/get' }));

	it('a notice of a known lock is an event', async () => {
		await push.happens('device.low_battery', { battery_level: 0.1 });
		expect(push.statuses).toEqual([200]);
		expect(push.host.items).toMatchObject([
			{ event: 'lowBattery', name: 'Front door', status: null },
		]);
	});

	it('a notice of an unknown device is accepted when Seam retries it, and logged once', async () => {
		const [later] = rig.simulator.addLocks(1);
		await push.happens('device.low_battery', { battery_level: 0.1, device_id: later! });
		await ofThermostat('device.low_battery', { battery_level: 0.1 });
		expect(push.statuses).toEqual([503, 503]);
		expect(push.host.executions).toEqual([]);
		expect(push.host.log).toEqual([expect.stringMatching(/whether the device .* can be locked/)]);
		rig.simulator.faults.clear();
		rig.time.advance(6);
		await push.arrived();
		expect(push.statuses).toEqual([503, 503, 200, 200]);
		expect(events()).toEqual([['lowBattery', later]]);
	});
});
