import axios from 'axios';
import type { PageService, PageWebhook } from '../../simulators/page/pageService';
import { startPage } from '../../simulators/page/pageServer';
import { createSeamPage } from '../../simulators/page/seamPage';
import { createSmartcarPage } from '../../simulators/page/smartcarPage';
import { createVolvoPage } from '../../simulators/page/volvoPage';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	GARAGE_DOOR,
	OFFICE_DOOR,
} from '../../simulators/seam/seed';
import type { ListeningServer } from '../../simulators/shared/server';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { FAMILY_CAR, LOCKED_CAR, OPEN_CAR } from '../../simulators/smartcar/seed';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { V60, XC40 } from '../../simulators/volvo/seed';
import { connect } from '../simulators/seamClient';
import { solving } from '../simulators/smartcarReceiver';
import { startReceiver, type WebhookReceiver } from '../simulators/webhookReceiver';

interface PageBody {
	error: string;
	services: Array<{
		name: string;
		devices: ReturnType<PageService['devices']>;
		faults: ReturnType<PageService['setFaults']>;
		webhooks?: PageWebhook[];
	}>;
	calls: Array<ReturnType<PageService['calls']>[number] & { service: string }>;
}

interface ServicesBody {
	services: Array<{
		name: string;
		credentials: ReturnType<PageService['credentials']>;
		faults: ReturnType<PageService['knownFaults']>;
	}>;
}

const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

let seam: SeamSimulator;
let volvo: VolvoSimulator;
let smartcar: SmartcarSimulator;
let page: ListeningServer;

beforeEach(async () => {
	[seam, volvo, smartcar] = await Promise.all([
		startSeamSimulator(),
		startVolvoSimulator(),
		startSmartcarSimulator(),
	]);
	const services = [createSeamPage(seam), createVolvoPage(volvo), createSmartcarPage(smartcar)];
	page = await startPage({ port: 0, services });
});
afterEach(() => Promise.all([page, seam, volvo, smartcar].map((server) => server.close())));

const get = (path: string, headers: Record<string, string> = {}) =>
	http.get<PageBody>(page.url + path, { headers });
const getServices = () => http.get<ServicesBody>(`${page.url}/api/services`);
const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
	http.post<PageBody>(page.url + path, body, { headers });

const api = (service: string) => `/api/services/${service}`;
const device = (service: string, id: string) => `${api(service)}/devices/${id}`;

function find({ services }: PageBody, id: string) {
	const found = services.flatMap(({ devices }) => devices).find((each) => each.id === id);
	if (!found) throw new Error(`The page shows no device ${id}`);
	return found;
}

const stateOf = (body: PageBody, id: string, part: string) =>
	find(body, id).parts.find((each) => each.id === part)?.state;

const askFrontDoor = async () => {
	const { data } = await connect(seam).post('/locks/get', { device_id: FRONT_DOOR });
	return data.device.properties;
};

describe('the state', () => {
	it('shows the locks and the cars as they are', async () => {
		const { data } = await get('/api/state');
		expect(data.services.map(({ name, devices }) => [name, devices.length])).toEqual([
			['seam', 6],
			['volvo', 4],
			['smartcar', 7],
		]);
		expect(find(data, BACK_DOOR)).toMatchObject({
			name: 'Back door',
			kind: 'lock',
			online: true,
			lock: 'locked',
			parts: [{ id: 'doors.door', label: 'Door', kind: 'door', state: 'open', canBeAjar: false }],
		});
		expect(find(data, GARAGE_DOOR)).toMatchObject({ online: false, lock: 'unknown', parts: [] });
		expect(find(data, V60)).toMatchObject({ name: 'V60 2020', kind: 'vehicle', lock: 'unlocked' });
		expect(stateOf(data, V60, 'doors.frontLeft')).toBe('ajar');
		expect(find(data, OPEN_CAR)).toMatchObject({ online: true, lock: 'unlocked' });
		expect(stateOf(data, OPEN_CAR, 'windows.rearLeft')).toBe('open');
		expect(stateOf(data, FAMILY_CAR, 'windows.row3Right')).toBe('unknown');
	});

	it('gives values for credentials that work', async () => {
		const { data } = await getServices();
		const [credential] = data.services[0]?.credentials ?? [];
		expect(credential).toEqual({
			name: 'Seam API',
			fields: [
				{ field: 'Environment', value: 'Custom' },
				{ field: 'Host', value: seam.url },
				{ field: 'API Key', value: seam.apiKey },
			],
		});
		const token = data.services[1]?.credentials[1]?.fields[3];
		const answer = await http.get(`${volvo.url}/connected-vehicle/v2/vehicles/${XC40}/doors`, {
			headers: { Authorization: `Bearer ${token?.value}`, 'vcc-api-key': volvo.vccApiKey },
		});
		expect(answer.status).toBe(200);
	});

	it('is streamed, and again when something has changed', async () => {
		const stop = new AbortController();
		const { data: stream } = await http.get<AsyncIterable<Buffer>>(`${page.url}/api/events`, {
			responseType: 'stream',
			signal: stop.signal,
		});
		const seen: string[] = [];
		let text = '';
		for await (const chunk of stream) {
			text += chunk.toString();
			const messages = text.split('\n\n').filter((message) => message.startsWith('data: '));
			const complete = text.endsWith('\n\n') ? messages : messages.slice(0, -1);
			const latest = complete.at(-1)?.slice('data: '.length);
			if (latest === undefined) continue;
			seen.push(find(JSON.parse(latest) as PageBody, FRONT_DOOR).lock);
			if (seen.at(-1) === 'locked') break;
			seam.editDevice(FRONT_DOOR, { properties: { locked: true } });
		}
		stop.abort();
		expect([seen[0], seen.at(-1)]).toEqual(['unlocked', 'locked']);
	});
});

describe('a hand at the device', () => {
	it("opens the front door, and Seam's API shows it", async () => {
		const path = `${device('seam', FRONT_DOOR)}/parts/doors.door`;
		const { status, data } = await post(path, { state: 'open' });
		expect([status, stateOf(data, FRONT_DOOR, 'doors.door')]).toEqual([200, 'open']);
		expect((await askFrontDoor()).door_open).toBe(true);
	});

	it('turns the lock, and Seam logs an event', async () => {
		const { data } = await post(`${device('seam', FRONT_DOOR)}/lock`, { locked: true });
		expect(find(data, FRONT_DOOR).lock).toBe('locked');
		expect((await askFrontDoor()).locked).toBe(true);
		const { data: log } = await connect(seam).post('/events/list', {
			since: '2000-01-01T00:00:00Z',
		});
		expect(log.events).toMatchObject([{ event_type: 'lock.locked', method: 'manual' }]);
	});

	it('takes a lock offline and back', async () => {
		const path = `${device('seam', OFFICE_DOOR)}/online`;
		const { data: offline } = await post(path, { online: false });
		expect(find(offline, OFFICE_DOOR)).toMatchObject({ online: false, lock: 'unknown' });
		const { data: back } = await post(path, { online: true });
		expect(find(back, OFFICE_DOOR)).toMatchObject({ online: true, lock: 'locked' });
	});

	it('opens a Volvo, which reports it', async () => {
		await post(`${device('volvo', XC40)}/parts/openings.trunk`, { state: 'ajar' });
		await post(`${device('volvo', XC40)}/parts/windows.rearRight`, { state: 'open' });
		const { data } = await post(`${device('volvo', XC40)}/lock`, { locked: false });
		expect(find(data, XC40).lock).toBe('unlocked');
		expect(stateOf(data, XC40, 'openings.trunk')).toBe('ajar');
		const { doors, windows } = volvo.vehicle(XC40).reported;
		expect(doors).toMatchObject({
			centralLock: { value: 'UNLOCKED' },
			tailgate: { value: 'AJAR' },
		});
		expect(windows.rearRightWindow?.value).toBe('OPEN');
	});

	it('opens an offline Volvo, which reports it once it is back', async () => {
		await post(`${device('volvo', XC40)}/online`, { online: false });
		const { data } = await post(`${device('volvo', XC40)}/parts/openings.hood`, { state: 'open' });
		expect(stateOf(data, XC40, 'openings.hood')).toBe('open');
		expect(volvo.vehicle(XC40).reported.doors.hood?.value).toBe('CLOSED');
		await post(`${device('volvo', XC40)}/online`, { online: true });
		expect(volvo.vehicle(XC40).reported.doors.hood?.value).toBe('OPEN');
	});

	it('closes and locks a car at Smartcar', async () => {
		smartcar.editVehicle(OPEN_CAR, { doorLocks: { frontLeft: 'UNLOCKED' } });
		await post(`${device('smartcar', OPEN_CAR)}/parts/windows.rearLeft`, { state: 'closed' });
		await post(`${device('smartcar', OPEN_CAR)}/parts/openings.hood`, { state: 'open' });
		await post(`${device('smartcar', OPEN_CAR)}/lock`, { locked: true });
		expect(smartcar.vehicle(OPEN_CAR).state).toMatchObject({
			lock: 'LOCKED',
			doorLocks: {},
			windows: { backLeft: 'CLOSED' },
			openings: { engineCover: 'OPEN' },
		});
	});

	it('opens an offline car at Smartcar, which reports it once it is back', async () => {
		await post(`${device('smartcar', OPEN_CAR)}/online`, { online: false });
		const { data } = await post(`${device('smartcar', OPEN_CAR)}/parts/openings.hood`, {
			state: 'open',
		});
		expect(find(data, OPEN_CAR).online).toBe(false);
		expect(stateOf(data, OPEN_CAR, 'openings.hood')).toBe('open');
		const { data: back } = await post(`${device('smartcar', OPEN_CAR)}/online`, { online: true });
		expect(find(back, OPEN_CAR).online).toBe(true);
	});

	it('starts over', async () => {
		await post(`${device('seam', FRONT_DOOR)}/lock`, { locked: true });
		const { data } = await post(`${api('seam')}/reset`);
		expect([find(data, FRONT_DOOR).lock, data.calls]).toEqual(['unlocked', []]);
	});
});

describe('a keypad', () => {
	const keypad = `${device('seam', FRONT_DOOR)}/keypad`;
	const codesOf = async () => find((await get('/api/state')).data, FRONT_DOOR).codes;

	it("shows Seam's codes with their states, and those made at the lock", async () => {
		await connect(seam).post('/access_codes/create', {
			device_id: FRONT_DOOR,
			code: '48213957',
			name: 'Ann [B-1]',
		});
		seam.codes.add({ device_id: FRONT_DOOR, code: '93571864' });
		expect(await codesOf()).toMatchObject([
			{ name: 'Ann [B-1]', pin: '48213957', state: 'setting', isOnLock: false },
			{ name: 'without a name', pin: '93571864', state: 'made at the lock', isOnLock: true },
		]);
		const { data } = await get('/api/state');
		expect(JSON.stringify(data.calls)).not.toMatch(/48213957|93571864/);
	});

	it('says which code is set by its word only', async () => {
		seam.faults.set({ name: 'codeLies' });
		await connect(seam).post('/access_codes/create', { device_id: FRONT_DOOR });
		seam.clock.advance(60);
		expect(await codesOf()).toMatchObject([{ state: 'set, but not on the lock' }]);
	});

	it('opens the door, refuses a wrong PIN, and forgets a code that is removed', async () => {
		seam.codes.add({ device_id: FRONT_DOOR, code: '4821' });
		expect((await post(keypad, { pin: '4821' })).status).toBe(200);
		const wrong = await post(keypad, { pin: '1111' });
		expect(wrong.data.error).toBe('Front door: the PIN does not open it');
		expect((await post(keypad, { pin: 'abcd' })).data.error).toContain('Type 1 to 12 digits');
		const [code] = (await codesOf()) ?? [];
		const { status } = await http.delete(
			`${page.url}${device('seam', FRONT_DOOR)}/codes/${code?.id}`,
		);
		expect([status, await codesOf()]).toEqual([200, []]);
	});

	it('only where there is one', async () => {
		expect(find((await get('/api/state')).data, XC40).codes).toBeUndefined();
		const { data } = await post(`${device('volvo', XC40)}/keypad`, { pin: '1' });
		expect(data.error).toBe('Volvo Cars has no keypads');
	});
});

describe('faults', () => {
	it('have plain words and come in groups, six usual ones first', async () => {
		const { data } = await getServices();
		for (const { faults } of data.services) {
			expect(faults.slice(0, 7).map(({ group }) => group === 'The usual ones')).toEqual([
				...Array<boolean>(6).fill(true),
				false,
			]);
			for (const { name, title, group } of faults) {
				expect([name, title]).toEqual([name, expect.stringMatching(/^[A-Z].* .*[^.]$/)]);
				expect([name, group]).not.toEqual([name, 'Others']);
			}
			const groups = faults.map(({ group }) => group);
			const beginnings = groups.filter((group, at) => group !== groups[at - 1]);
			expect(new Set(beginnings).size).toBe(beginnings.length);
			expect(new Set(faults.map(({ title }) => title)).size).toBe(faults.length);
		}
	});

	it('are described with the fields of their form', async () => {
		const { data } = await getServices();
		const known = data.services.flatMap(({ name, faults }) =>
			faults.map((fault) => ({ service: name, ...fault })),
		);
		const fields = (service: string, name: string) =>
			known.find((fault) => fault.service === service && fault.name === name)?.fields;
		expect(fields('seam', 'rateLimited')).toEqual([
			{ name: 'path', kind: 'text', required: false, nullable: false },
			{ name: 'retryAfterSeconds', kind: 'number', usual: 2, required: false, nullable: true },
		]);
		expect(fields('seam', 'attemptLate')?.[0]).toMatchObject({ name: 'deviceId', kind: 'device' });
		expect(fields('volvo', 'commandError')).toContainEqual({
			name: 'status',
			kind: 'number',
			usual: 500,
			required: false,
			nullable: false,
		});
		expect(fields('volvo', 'requestLate')).toContainEqual(
			expect.objectContaining({ kind: 'choice', choices: ['RUNNING', 'WAITING'] }),
		);
		expect(fields('smartcar', 'signalMissing')).toContainEqual(
			expect.objectContaining({ name: 'signals', kind: 'list' }),
		);
	});

	it('apply as often as requested, and are cleared', async () => {
		const { data } = await post(`${api('seam')}/faults`, { name: 'unavailable', times: 1 });
		expect(data.services[0]?.faults).toEqual([
			{ name: 'unavailable', timesLeft: 1, parameters: {} },
		]);
		const statuses = [
			await connect(seam).post('/locks/list'),
			await connect(seam).post('/locks/list'),
		];
		expect(statuses.map(({ status }) => status)).toEqual([503, 200]);

		await post(`${api('seam')}/faults`, { name: 'slow', seconds: 1 });
		await post(`${api('seam')}/faults`, { name: 'hang' });
		const cleared = await http.delete<PageBody>(`${page.url}${api('seam')}/faults?name=slow`);
		expect(cleared.data.services[0]?.faults).toMatchObject([{ name: 'hang', timesLeft: null }]);
		const all = await http.delete<PageBody>(`${page.url}${api('seam')}/faults`);
		expect(all.data.services[0]?.faults).toEqual([]);
	});
});

describe('calls', () => {
	it('are listed, the newest first, with what they are about', async () => {
		const rig = connect(seam);
		await rig.post('/devices/list');
		await rig.post('/locks/lock_door', { device_id: FRONT_DOOR });
		const headers = { 'vcc-api-key': volvo.vccApiKey };
		await http.post(`${volvo.url}/connected-vehicle/v2/vehicles/${XC40}/commands/lock`, '', {
			headers,
		});
		await http.post(`${smartcar.url}/v2.0/vehicles/${OPEN_CAR}/security`, { action: 'LOCK' });
		const { data } = await get('/api/state');
		const summaries = data.calls.map(({ service, path, status, isCommand, device: name }) => [
			service,
			path.split('/').at(-1),
			status,
			isCommand,
			name,
		]);
		expect(summaries).toHaveLength(4);
		expect(summaries).toEqual(
			expect.arrayContaining([
				['seam', 'list', 200, false, undefined],
				['seam', 'lock_door', 200, true, 'Front door'],
				['volvo', 'lock', 401, true, 'XC40 2022'],
				['smartcar', 'security', 401, true, 'VOLKSWAGEN Golf 2022'],
			]),
		);
		const ofSeam = data.calls.filter(({ service }) => service === 'seam');
		expect(ofSeam.map(({ path }) => path)).toEqual(['/locks/lock_door', '/devices/list']);
		expect(JSON.stringify(data.calls)).not.toContain(seam.apiKey);
	});

	it('are limited to a hundred', async () => {
		for (let count = 0; count < 103; count += 1) await http.get(`${volvo.url}/call/${count}`);
		const { data } = await get('/api/state');
		expect(data.calls).toHaveLength(100);
		const times = data.calls.map(({ at }) => at);
		expect(times).toEqual(times.toSorted().reverse());
		expect(data.calls.map(({ path }) => path)).not.toContain('/call/2');
	});
});

describe('webhooks', () => {
	let receiver: WebhookReceiver;
	beforeEach(async () => (receiver = await startReceiver()));
	afterEach(() => receiver.close());

	const webhooksOf = ({ services }: PageBody, service: string) =>
		services.find(({ name }) => name === service)?.webhooks;
	const deliveries = async () => {
		const { data } = await get('/api/state');
		return data.calls.filter(({ delivery }) => delivery !== undefined);
	};

	it('are created by hand at Smartcar, as in its dashboard, receive a door event, and are removed', async () => {
		receiver.answer = solving(smartcar, () => ({ status: 200 }));
		const { data: made } = await post(`${api('smartcar')}/webhooks`, { url: receiver.url });
		const [webhook] = webhooksOf(made, 'smartcar') ?? [];
		expect(webhook).toMatchObject({ url: receiver.url, note: 'receives events of 5 vehicles' });
		await smartcar.webhooks.desk.flush();
		const before = (await deliveries()).length;

		await post(`${device('smartcar', LOCKED_CAR)}/parts/doors.frontLeft`, { state: 'open' });
		await smartcar.webhooks.desk.flush();
		expect((await deliveries()).slice(0, -before)).toMatchObject([
			{ service: 'smartcar', delivery: 'VEHICLE_STATE', path: receiver.url, status: 200 },
		]);

		const remove = `${page.url}${api('smartcar')}/webhooks/${webhook?.id}`;
		const { data: left } = await http.delete<PageBody>(remove);
		expect(webhooksOf(left, 'smartcar')).toEqual([]);
	});

	it("are not kept when the address does not solve Smartcar's challenge", async () => {
		receiver.answer = () => ({ status: 404 });
		const { status, data } = await post(`${api('smartcar')}/webhooks`, { url: receiver.url });
		expect([status, data.error]).toEqual([
			400,
			expect.stringMatching(/challenge \(404\).*Publish the workflow first/),
		]);
		const { data: state } = await get('/api/state');
		expect(webhooksOf(state, 'smartcar')).toEqual([]);
	});

	it('that a workflow created at Seam are shown, and their last delivery can be repeated', async () => {
		await connect(seam).post('/webhooks/create', {
			url: receiver.url,
			event_types: ['lock.locked', 'lock.unlocked'],
		});
		const { data } = await post(`${device('seam', FRONT_DOOR)}/lock`, { locked: true });
		expect(webhooksOf(data, 'seam')).toMatchObject([
			{ url: receiver.url, note: 'receives 2 event types' },
		]);
		await seam.webhooks.flush();
		await post(`${api('seam')}/webhooks/repeat`);
		const bodies = receiver.deliveries.map(({ text }) => text);
		expect(bodies).toEqual([bodies[0], bodies[0]]);
		expect(await deliveries()).toMatchObject([
			{ service: 'seam', delivery: 'lock.locked', status: 200 },
			{ service: 'seam', delivery: 'lock.locked', status: 200 },
		]);
	});
});

describe('strangers', () => {
	const openDoor = (headers: Record<string, string>) =>
		post(`${device('seam', FRONT_DOOR)}/parts/doors.door`, { state: 'open' }, headers);

	it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
		'from %s cannot open the door',
		async (origin) => {
			const { status, data } = await openDoor({ Origin: origin });
			expect([status, data.error]).toEqual([
				403,
				expect.stringContaining('Only requests from this address'),
			]);
			expect((await askFrontDoor()).door_open).toBe(false);
		},
	);

	it.each(['/', '/api/state', '/api/services', '/api/events'])(
		'whose name leads here do not read %s',
		async (path) => {
			const port = new URL(page.url).port;
			for (const host of [`evil.example:${port}`, '127.0.0.1', '127.0.0.1:1']) {
				expect((await get(path, { Host: host })).status).toBe(403);
			}
		},
	);

	it('cannot send a form', async () => {
		const path = `${device('seam', FRONT_DOOR)}/parts/doors.door`;
		const { status, data } = await post(path, '{"state":"open"}', { 'Content-Type': 'text/plain' });
		expect([status, data.error]).toEqual([400, expect.stringContaining('application/json')]);
		expect((await askFrontDoor()).door_open).toBe(false);
	});

	it('differ from the page itself, by either of its names', async () => {
		const { port } = new URL(page.url);
		for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
			expect((await openDoor({ Host: host, Origin: `http://${host}` })).status).toBe(200);
		}
	});
});

describe('invalid requests', () => {
	it.each([
		[`${device('seam', FRONT_DOOR)}/lock`, {}, 400, 'locked: Required'],
		[`${device('seam', FRONT_DOOR)}/lock`, { locked: 'yes' }, 400, 'Expected boolean'],
		[`${device('seam', FRONT_DOOR)}/lock`, [], 400, 'has to be a JSON object'],
		[`${device('seam', FRONT_DOOR)}/lock`, '{', 400, 'JSON'],
		[`${device('seam', FRONT_DOOR)}/parts/doors.door`, { state: 'wide' }, 400, "'ajar' | 'closed'"],
		[`${device('seam', FRONT_DOOR)}/parts/doors.door`, { state: 'ajar' }, 400, 'never ajar'],
		[`${device('seam', FRONT_DOOR)}/parts/roof`, { state: 'open' }, 404, 'Front door has no part'],
		[`${device('seam', OFFICE_DOOR)}/parts/doors.door`, { state: 'open' }, 404, 'has no part'],
		[`${device('seam', GARAGE_DOOR)}/lock`, { locked: true }, 400, 'It is offline'],
		[`${device('seam', CELLAR_KEYPAD)}/lock`, { locked: true }, 400, 'never reports'],
		[`${device('seam', 'nowhere')}/lock`, { locked: true }, 404, 'no device nowhere'],
		[`${device('volvo', XC40)}/parts/doors.trailer`, { state: 'open' }, 404, 'has no part'],
		[`${device('smartcar', OPEN_CAR)}/parts/doors.row3Left`, { state: 'open' }, 404, 'has no part'],
		[`${api('seam')}/faults`, { name: 'gremlins' }, 400, 'Unknown fault "gremlins"'],
		[`${api('seam')}/faults`, { name: 'slow' }, 400, 'seconds: Required'],
		[`${api('volvo')}/webhooks/repeat`, {}, 400, 'Volvo Cars has no webhooks'],
		[`${api('seam')}/webhooks`, { url: 'http://127.0.0.1/' }, 400, 'by its API only'],
		[`${api('seam')}/webhooks/repeat`, {}, 400, 'Nothing has been delivered yet'],
		[`${api('smartcar')}/webhooks`, { url: 'n8n' }, 400, 'url: has to be an address'],
		[`${api('smartcar')}/webhooks`, { url: 'https://example.com/' }, 400, 'on this machine'],
		[`${api('toaster')}/reset`, {}, 404, 'no service toaster'],
		['/api/nothing', {}, 404, 'nothing at POST /api/nothing'],
	])('is refused with a sentence: %s %j', async (path, body, status, sentence) => {
		const answer = await post(path, body, { 'Content-Type': 'application/json' });
		expect([answer.status, answer.data.error]).toEqual([status, expect.stringContaining(sentence)]);
	});
});

describe('the page itself', () => {
	it.each(['/', '/page.js', '/base.css', '/api/state', '/nothing'])(
		'prevents %s from loading anything from elsewhere',
		async (path) => {
			const { headers } = await get(path);
			const policy = String(headers['content-security-policy']);
			expect(policy).toContain("default-src 'none'");
			expect(policy).toContain("frame-ancestors 'none'");
			expect(policy).not.toMatch(/unsafe|\*|https?:/);
			expect(headers['x-content-type-options']).toBe('nosniff');
		},
	);

	it('is HTML without inline code', async () => {
		const { data, headers } = await http.get<string>(page.url);
		expect(headers['content-type']).toBe('text/html; charset=utf-8');
		expect(data).toContain('<title>Simulated locks and cars</title>');
		expect(data).not.toMatch(/<style|style="|<script(?![^>]*src)| on\w+="/);
	});
});
