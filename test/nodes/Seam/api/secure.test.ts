import { statusOf, useScriptedRig } from '../../../support/statusUnderScript';

/** Without evidence nothing is secure: whatever an answer omits or words differently. */

describe('Seam', () => {
	const held = useScriptedRig('Seam');
	const device = (properties: object) => ({
		device: {
			device_id: held.rig.api.parameters.deviceId,
			device_type: 'august_lock',
			display_name: 'Front door',
			properties: { online: true, locked: true, ...properties },
		},
	});

	it.each<[string, object, boolean | null]>([
		['without a door sensor is secure', {}, true],
		['whose sensor says nothing is not known', { door_open: null }, null],
		['whose door is open is not', { door_open: true }, false],
	])('a lock %s, whichever parts of vehicles count', async (_, properties, secure) => {
		expect(await statusOf(held, device(properties))).toMatchObject({ secure });
		expect(await statusOf(held, device(properties), { secureParts: [] })).toMatchObject({ secure });
	});
});
