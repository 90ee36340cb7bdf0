import { scopesToRead, scopesToSend, VOLVO_WIRES } from '../../../../nodes/Volvo/api/volvoWire';

const vendorType = (name: string) =>
	`application/vnd.volvocars.api.connected-vehicle.${name}.v1+json`;

/** Source: Volvo's developer portal, which names the type and the scopes of each request. */
it.each([
	['list', 'vehiclelist', 'conve:vehicle_relation'],
	['vehicle', 'vehicle', 'conve:vehicle_relation'],
	['doors', 'vehicledata', 'conve:doors_status conve:lock_status'],
	['windows', 'vehicledata', 'conve:windows_status'],
	['request', 'requestdetailresponse', 'conve:commands'],
	['commands', 'commandlist', 'conve:commands'],
	['command-accessibility', 'commands.accessibility', 'conve:command_accessibility'],
] as const)('%s is asked for as v1 or v2 has it, with its scopes', (resource, name, scopes) => {
	expect(VOLVO_WIRES.v1.accept(resource)).toBe(vendorType(name));
	expect(VOLVO_WIRES.v2.accept(resource)).toBe('application/json');
	expect(scopesToRead(resource).join(' ')).toBe(scopes);
});

it.each(['lock', 'unlock'] as const)('%s has its own scope', (command) => {
	expect(scopesToSend(command)).toEqual([`conve:${command}`]);
});

it('only v2 locks with reduced guard, and only v1 unlocks for a time', () => {
	const options = { reducedGuard: true, unlockDuration: 60 };
	const { v1, v2 } = VOLVO_WIRES;
	expect(v2.command('lock', options).name).toBe('lock-reduced-guard');
	expect(v2.command('unlock', options)).toMatchObject({ name: 'unlock' });
	expect(v2.command('unlock', options).body).toBeUndefined();
	expect(v1.command('lock', options)).toMatchObject({
		name: 'lock',
		headers: { 'content-type': vendorType('lock') },
	});
	expect(v1.command('lock', options).body).toBeUndefined();
	expect(v1.command('lock', options).headers).toEqual({
		'content-type': vendorType('lock'),
		accept: `${vendorType('commandinvokeresponse')}, application/json;q=0.5`,
	});
	expect(v2.command('lock', options).headers).toEqual({ 'content-type': 'application/json' });
	expect([v1.root, v2.root]).toEqual(['/connected-vehicle/v1', '/connected-vehicle/v2']);
	expect(v1.command('unlock', options).body).toBe('{"unlockDuration":60}');
});
