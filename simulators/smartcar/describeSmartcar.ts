import Table from 'cli-table3';
import { LOCKED_CAR, OPEN_CAR } from './seed';
import type { SmartcarSimulator } from './smartcarSimulator';
import type { SmartcarVehicle } from './smartcarTypes';

const listOpen = (parts: Record<string, string | undefined>, kind: string): string[] =>
	Object.entries(parts)
		.filter(([, status]) => status === 'OPEN')
		.map(([name]) => `${name}${kind} open`);

const STORE_NOTES = {
	subscribed: [],
	daily: ['v3 updates daily'],
	empty: ['v3 has stored nothing'],
	unsubscribed: ['v3 does not know it'],
} as const;

function describeVehicle({ state, store, permissions, mode }: SmartcarVehicle): string {
	const { doors, lock = 'lock unknown', openings, windows } = state;
	return [
		lock.toLowerCase(),
		...listOpen(doors, ' door'),
		...listOpen(windows, ' window'),
		...listOpen(openings, ''),
		...STORE_NOTES[store],
		...(permissions.includes('read_security') ? [] : ['no security permission']),
		...(mode === 'live' ? [] : [`mode ${mode}`]),
	].join(', ');
}

function drawVehicles(simulator: SmartcarSimulator): string {
	const table = new Table({ head: ['name', 'id', 'state'], style: { head: [], border: [] } });
	simulator
		.vehicles()
		.filter(({ userId }) => userId === simulator.userId)
		.forEach((vehicle) => {
			const { make, model, year, id } = vehicle;
			table.push([`${make} ${model} ${year}`, id, describeVehicle(vehicle)]);
		});
	return table.toString();
}

const curl = (method: string, url: string, body: unknown): string =>
	`curl -X ${method} ${url} -d '${JSON.stringify(body)}'`;

/** What a person needs to try the simulator: credential values, vehicles and two controls. */
export function describeSmartcar(simulator: SmartcarSimulator): string {
	const { url, clientId, clientSecret, userId, v2ClientId, v2ClientSecret } = simulator;
	const control = `${url}/_control`;
	return [
		`Smartcar simulator on ${url}`,
		'',
		'Values for the credential "Smartcar OAuth2 API" (v3) in n8n:',
		'  Environment    Custom',
		`  Host           ${url}`,
		`  Client ID      ${clientId}`,
		`  Client Secret  ${clientSecret}`,
		'or for "Smartcar v2.0 OAuth2 API":',
		`  Client ID      ${v2ClientId}`,
		`  Client Secret  ${v2ClientSecret}`,
		`The vehicles are of the user ${userId}.`,
		'',
		drawVehicles(simulator),
		'',
		'Webhooks are signed with the management token:',
		`  ${simulator.managementToken}`,
		'Create one, as in the dashboard, for the address that a trigger shows:',
		`  ${curl('POST', `${control}/webhooks`, { callbackUri: 'http://127.0.0.1:5678/…' })}`,
		'',
		'Open a door of the Tesla:',
		`  ${curl('PATCH', `${control}/vehicles/${LOCKED_CAR}`, { doors: { frontLeft: 'OPEN' } })}`,
		'Let the next command to the Golf lie:',
		`  ${curl('POST', `${control}/faults`, { name: 'lies', vehicleId: OPEN_CAR, times: 1 })}`,
	].join('\n');
}
