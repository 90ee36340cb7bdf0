import Table from 'cli-table3';
import type { SeamSimulator } from './seamSimulator';
import type { SeamDevice } from './seamTypes';
import { FRONT_DOOR } from './seed';

const describeBolt = (locked: boolean | undefined): string =>
	locked === undefined ? 'lock unknown' : locked ? 'locked' : 'unlocked';

const describeDoor = (open: boolean | undefined): string[] =>
	open === undefined ? [] : [open ? 'door open' : 'door closed'];

const describeBattery = ({ properties }: SeamDevice): string[] =>
	properties.battery ? [`battery ${Math.round(properties.battery.level * 100)} %`] : [];

function describeDevice(device: SeamDevice): string {
	const { online, locked, door_open: doorOpen } = device.properties;
	const isLock = device.device_type.endsWith('_lock');
	return [
		...(isLock ? [describeBolt(locked)] : ['not a lock']),
		...describeDoor(doorOpen),
		...describeBattery(device),
		online ? 'online' : 'offline',
	].join(', ');
}

function drawDevices(simulator: SeamSimulator): string {
	const table = new Table({ head: ['name', 'id', 'state'], style: { head: [], border: [] } });
	simulator
		.devices()
		.filter((device) => device.workspace_id === simulator.workspaceId)
		.forEach((device) =>
			table.push([device.display_name, device.device_id, describeDevice(device)]),
		);
	return table.toString();
}

const curl = (method: string, url: string, body: unknown): string =>
	`curl -X ${method} ${url} -d '${JSON.stringify(body)}'`;

/** What a person needs to try the simulator: credential values, devices and two controls. */
export function describeSeam(simulator: SeamSimulator): string {
	const { url, apiKey, personalAccessToken, workspaceId } = simulator;
	const control = `${url}/_control`;
	return [
		`Seam simulator on ${url}`,
		'',
		'Values for the credential "Seam API" in n8n:',
		'  Environment   Custom',
		`  Host          ${url}`,
		`  API Key       ${apiKey}`,
		'or, with a personal access token:',
		`  API Key       ${personalAccessToken}`,
		`  Workspace ID  ${workspaceId}`,
		'',
		drawDevices(simulator),
		'',
		'Open the front door:',
		`  ${curl('PATCH', `${control}/devices/${FRONT_DOOR}`, { properties: { door_open: true } })}`,
		'Let the next command fail:',
		`  ${curl('POST', `${control}/faults`, { name: 'attemptFails', times: 1 })}`,
	].join('\n');
}
