import Table from 'cli-table3';
import { XC40 } from './seed';
import type { VolvoSimulator } from './volvoSimulator';
import type { VolvoVehicle } from './volvoTypes';
import { isOpen } from './volvoTypes';

const toWords = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function describeVehicle({ car }: VolvoVehicle): string {
	const { centralLock = 'UNSPECIFIED', ...doors } = car.doors;
	const openings = Object.entries({ ...doors, ...car.windows })
		.filter(([, value]) => isOpen(value))
		.map(([name, value]) => `${toWords(name)} ${value.toLowerCase()}`);
	const lock = centralLock === 'UNSPECIFIED' ? 'lock unknown' : centralLock.toLowerCase();
	return [lock, ...(openings.length > 0 ? openings : ['all closed'])].join(', ');
}

function drawVehicles(simulator: VolvoSimulator): string {
	const table = new Table({ head: ['model', 'VIN', 'state'], style: { head: [], border: [] } });
	simulator
		.vehicles()
		.forEach((vehicle) =>
			table.push([vehicle.details.model, vehicle.vin, describeVehicle(vehicle)]),
		);
	return table.toString();
}

const curl = (method: string, url: string, body: unknown): string =>
	`curl -X ${method} ${url} -d '${JSON.stringify(body)}'`;

/** What a person needs to try the simulator: credential values, vehicles and two controls. */
export function describeVolvo(simulator: VolvoSimulator): string {
	const { url, vccApiKey, clientId, clientSecret } = simulator;
	const control = `${url}/_control`;
	return [
		`Volvo simulator on ${url}`,
		'',
		'Values for the Volvo credentials in n8n:',
		'  Environment   Custom',
		`  Host          ${url}`,
		`  VCC API Key   ${vccApiKey}`,
		'with a sign-in:',
		`  Client ID     ${clientId}`,
		`  Client Secret ${clientSecret}`,
		'or with a token of the developer portal, valid for an hour:',
		`  Access Token  ${simulator.portalAccessToken()}`,
		'',
		drawVehicles(simulator),
		'',
		'Open the tailgate of the XC40:',
		`  ${curl('PATCH', `${control}/vehicles/${XC40}`, { doors: { tailgate: 'OPEN' } })}`,
		'Let the next command time out:',
		`  ${curl('POST', `${control}/faults`, { name: 'invokeStatus', status: 'TIMEOUT', times: 1 })}`,
	].join('\n');
}
