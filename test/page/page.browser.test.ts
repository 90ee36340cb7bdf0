import type { Browser, Page } from 'playwright-core';
import type { ListeningServer } from '../../simulators/shared/server';
import { startPage } from '../../simulators/page/pageServer';
import { createSeamPage } from '../../simulators/page/seamPage';
import { createSmartcarPage } from '../../simulators/page/smartcarPage';
import { createVolvoPage } from '../../simulators/page/volvoPage';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import { BACK_DOOR, FRONT_DOOR } from '../../simulators/seam/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { V60, XC40 } from '../../simulators/volvo/seed';
import { connect, lock } from '../simulators/seamClient';
import { solving } from '../simulators/smartcarReceiver';
import { startReceiver, type WebhookReceiver } from '../simulators/webhookReceiver';
import { launchBrowser, openPage, tabTo } from './browserPage';
import type { SeenText } from './contrast';
import { contrastOf } from './contrast';
import {
	CLIPBOARD,
	focusedText,
	GROUNDS_OF_CALLS,
	OUTLINE_OF_FOCUSED,
	OVERFLOW,
	SEEN_TEXTS,
} from './insidePage';

let browser: Browser;
let seam: SeamSimulator;
let volvo: VolvoSimulator;
let smartcar: SmartcarSimulator;
let server: ListeningServer;
const complaints: string[] = [];

beforeAll(async () => {
	browser = await launchBrowser();
	seam = await startSeamSimulator();
	volvo = await startVolvoSimulator();
	smartcar = await startSmartcarSimulator();
	const services = [createSeamPage(seam), createVolvoPage(volvo), createSmartcarPage(smartcar)];
	server = await startPage({ port: 0, services });
});
afterAll(async () => {
	await browser.close();
	await Promise.all([server, seam, volvo, smartcar].map((each) => each.close()));
});

beforeEach(() => [seam, volvo, smartcar].forEach((simulator) => simulator.reset()));
afterEach(async () => {
	await Promise.all(browser.contexts().map((context) => context.close()));
	expect(complaints.splice(0)).toEqual([]);
});

async function open(options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
	const watched = await openPage(browser, server.url, options);
	watched.page.once('close', () => complaints.push(...watched.complaints));
	return watched.page;
}

const card = (page: Page, name: string) =>
	page.getByRole('article').filter({ has: page.getByRole('heading', { name, exact: true }) });

const askFrontDoor = async () => {
	const { data } = await connect(seam).post('/locks/get', { device_id: FRONT_DOOR });
	return data.device.properties;
};

const news = (page: Page, text: string) =>
	page.getByRole('status').filter({ hasText: text }).waitFor();

describe('with the mouse', () => {
	it('opens the front door and locks it, as its API shows', async () => {
		const page = await open();
		const door = card(page, 'Front door');
		await door.getByRole('button', { name: 'Door closed' }).click();
		await door.getByRole('button', { name: 'Door open', pressed: true }).waitFor();
		await news(page, 'Front door: door open.');
		expect((await askFrontDoor()).door_open).toBe(true);

		await door.locator('.drawing [data-part="doors.door"]').click();
		await door.getByRole('button', { name: 'Door closed', pressed: false }).waitFor();
		await door.locator('.drawing [data-part="lock"]').click();
		await door.getByRole('button', { name: 'Locked', pressed: true }).waitFor();
		expect(await askFrontDoor()).toMatchObject({ door_open: false, locked: true });
	});

	it('opens a door of a car by its drawing, leaves it ajar and closes it', async () => {
		const page = await open();
		const car = card(page, 'V60 2020');
		const shape = car.locator('.drawing [data-part="doors.rearRight"]');
		for (const state of ['OPEN', 'AJAR', 'CLOSED']) {
			await shape.click();
			await car
				.locator(`.drawing [data-part="doors.rearRight"][data-state="${state.toLowerCase()}"]`)
				.waitFor();
			expect(volvo.vehicle(V60).car.doors.rearRightDoor).toBe(state);
		}
	});

	it('says why an offline lock does not move, and takes it online', async () => {
		const page = await open();
		const garage = card(page, 'Garage side door');
		await garage.getByRole('button', { name: 'Lock unknown' }).click({ force: true });
		await news(page, 'It is offline');
		await garage.getByRole('button', { name: 'Offline' }).click();
		await garage.getByRole('button', { name: 'Locked' }).waitFor();
	});

	it('starts over', async () => {
		volvo.editVehicle(XC40, { doors: { hood: 'OPEN' } });
		const page = await open();
		const car = card(page, 'XC40 2022');
		await car.getByRole('button', { name: 'Hood open' }).waitFor();
		await page.getByRole('button', { name: 'Start over with Volvo Cars' }).click();
		await car.getByRole('button', { name: 'Hood closed' }).waitFor();
	});

	it('copies a value for the credential', async () => {
		const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
		const section = page.getByRole('region', { name: 'Seam locks' });
		await section.getByText('Values for the credential').click();
		await section
			.getByRole('button', { name: 'Copy the API Key for Seam API', exact: true })
			.click();
		await section.getByText('Copied').waitFor();
		expect(await page.evaluate<string>(CLIPBOARD)).toBe(seam.apiKey);
	});
});

describe('webhooks', () => {
	let receiver: WebhookReceiver;
	beforeEach(async () => {
		receiver = await startReceiver();
		receiver.answer = solving(smartcar, () => ({ status: 200 }));
	});
	afterEach(() => receiver.close());

	async function openWebhooks(page: Page) {
		const section = page.getByRole('region', { name: 'Smartcar vehicles' });
		await section.getByText('Webhooks', { exact: true }).click();
		return section;
	}

	it("are created as in Smartcar's dashboard, receive a door event, and are removed", async () => {
		const page = await open();
		const section = await openWebhooks(page);
		await section.getByLabel('production URL of the trigger').fill(receiver.url);
		await section.getByRole('button', { name: 'Make a webhook' }).click();
		const webhook = section.getByRole('listitem').filter({ hasText: receiver.url });
		await webhook.waitFor();
		await smartcar.webhooks.desk.flush();

		const before = receiver.deliveries.length;
		const drawing = card(page, 'TESLA Model 3 2023').locator('.drawing');
		await drawing.locator('[data-part="doors.frontLeft"]').click();
		await receiver.arrived(before + 1);
		const calls = page.getByRole('list', { name: 'Calls' }).getByRole('listitem');
		await calls.first().getByText('Smartcar · VEHICLE_STATE').waitFor();
		expect(await calls.first().innerText()).toContain(`POST ${receiver.url}`);

		await section.getByRole('button', { name: 'Send the last delivery again' }).click();
		await receiver.arrived(before + 2);
		await webhook.getByRole('button', { name: 'Remove' }).click();
		await webhook.waitFor({ state: 'detached' });
	});

	it('are refused with the reason', async () => {
		const page = await open();
		const section = await openWebhooks(page);
		await section.getByLabel('production URL of the trigger').fill('https://example.com/hook');
		await section.getByRole('button', { name: 'Make a webhook' }).click();
		await section.getByRole('alert').filter({ hasText: 'Only sent to http://' }).waitFor();
		await page.close();
		expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
	});
});

describe('with the keyboard only', () => {
	it.each(['Enter', 'Space'])('opens the front door by %s', async (key) => {
		const page = await open();
		await tabTo(page, 'button.part', /^Door closed$/);
		const outline = await page.evaluate<string>(OUTLINE_OF_FOCUSED);
		expect(outline).toBe('solid');
		await page.keyboard.press(key);
		await card(page, 'Front door').getByRole('button', { name: 'Door open' }).waitFor();
		expect((await askFrontDoor()).door_open).toBe(true);
		await page.keyboard.press(key);
		await card(page, 'Front door').getByRole('button', { name: 'Door closed' }).waitFor();
	});

	it('sets a fault and clears it', async () => {
		const page = await open();
		await tabTo(page, '#fault-name', /./);
		await page.keyboard.type('The service is un');
		await tabTo(page, 'button.primary', /Set the fault/);
		await page.keyboard.press('Enter');
		await page
			.getByRole('list', { name: 'Faults that are set' })
			.getByText('The service is unavailable (503)', { exact: true })
			.waitFor();
		expect(seam.faults.list()).toEqual([{ name: 'unavailable', timesLeft: 1, parameters: {} }]);
		await page.keyboard.press('Tab');
		await tabTo(page, '.set button', /^Clear "The service is unavailable .* of Seam$/);
		await page.keyboard.press('Enter');
		await page.getByText('None is set').waitFor();
		expect(seam.faults.list()).toEqual([]);
	});
});

describe('a keypad', () => {
	it('opens with a PIN that is on the lock, and not after the code was removed by hand', async () => {
		seam.codes.add({ device_id: BACK_DOOR, code: '4821', name: 'Ann' });
		const page = await open();
		const door = card(page, 'Back door');
		await door.getByText('Keypad').click();
		const type = async (pin: string) => {
			for (const digit of pin) {
				await door.getByRole('button', { name: digit, exact: true }).click();
			}
			await door.getByRole('button', { name: 'OK', exact: true }).click();
		};
		await type('4820');
		await door.getByRole('alert').filter({ hasText: 'the PIN does not open it' }).waitFor();
		await type('4821');
		await door.getByRole('button', { name: 'Unlocked' }).waitFor();
		await door.getByRole('button', { name: 'Remove Ann at the lock' }).click();
		await door.getByText('No codes yet').waitFor();
		expect(seam.codes.enter(BACK_DOOR, '4821')).toEqual({ opened: false });
		await page.close();
		expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
	});
});

describe('the way to faults and calls', () => {
	it('is short for the keyboard', async () => {
		const page = await open();
		await page.keyboard.press('Tab');
		expect(await page.evaluate(focusedText('a'))).toBe('Faults');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(focusedText('a'))).toBe('Calls');
		await page.keyboard.press('Shift+Tab');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(focusedText('#fault-service'))).toMatch(/^Seam/);
	});

	it('is short on a phone, wherever the page is', async () => {
		const page = await open({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
		const shown = (name: string) => page.getByRole('heading', { name, exact: true });
		await page.evaluate('scrollTo(0, 3000)');
		for (const name of ['Faults', 'Calls']) {
			await page.getByRole('link', { name, exact: true }).click();
			await expect(shown(name).boundingBox()).resolves.toMatchObject({
				x: expect.any(Number) as number,
			});
			const { y = -1, height = 0 } = (await shown(name).boundingBox()) ?? {};
			const bar = await page.locator('.bar').boundingBox();
			expect(y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
			expect(y + height).toBeLessThanOrEqual(844);
		}
	});
});

describe('headings', () => {
	it('name the service, and no card beside it', async () => {
		const page = await open();
		const sections = await page.getByRole('heading', { level: 2 }).allInnerTexts();
		expect(sections).toEqual([
			'Seam locks',
			'Volvo Cars vehicles',
			'Smartcar vehicles',
			'Faults',
			'Calls',
		]);
		const cards = await page.getByRole('heading', { level: 3 }).allInnerTexts();
		expect(cards.filter((name) => sections.some((title) => title.startsWith(name)))).toEqual([]);
	});
});

describe('faults and calls', () => {
	it('a chosen fault applies, and is gone from the list', async () => {
		const page = await open();
		await page.getByLabel('what goes wrong').selectOption('attemptFails');
		await page.getByText('the attempt ends with this error', { exact: false }).last().waitFor();
		await page.getByLabel('only for').selectOption({ label: 'Front door' });
		await page.getByLabel('message').fill('It <b>jams</b>');
		await page.getByRole('button', { name: 'Set the fault' }).click();
		const set = page.getByRole('list', { name: 'Faults that are set' });
		await set.getByText('It <b>jams</b>').waitFor();

		const { data } = await connect(seam).post(lock, { device_id: FRONT_DOOR });
		await page.getByText('None is set').waitFor();
		const { data: read } = await connect(seam).post('/action_attempts/get', {
			action_attempt_id: data.action_attempt.action_attempt_id,
		});
		expect(read.action_attempt).toMatchObject({
			status: 'error',
			error: { message: 'It <b>jams</b>' },
		});
	});

	it('reports what is wrong with a fault', async () => {
		const page = await open();
		await page.getByLabel('what goes wrong').selectOption('rateLimited');
		await page.getByLabel('retry after seconds').fill('soon');
		await page.getByRole('button', { name: 'Set the fault' }).click();
		await page.getByRole('alert').filter({ hasText: 'Expected number' }).waitFor();
		await page.close();
		expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
	});

	it('a call appears without a reload, a command stands out', async () => {
		const page = await open();
		await page.getByText('None yet.').waitFor();
		await connect(seam).post('/devices/list');
		await connect(seam).post(lock, { device_id: FRONT_DOOR });
		const calls = page.getByRole('list', { name: 'Calls' }).getByRole('listitem');
		await calls.nth(1).waitFor();
		expect(await calls.first().textContent()).toMatch(
			/Seam · Front doorcommandPOST .*lock_door200$/,
		);
		expect(await calls.last().textContent()).toMatch(/SeamPOST \/devices\/list200$/);
		const grounds = await page.evaluate<string[]>(GROUNDS_OF_CALLS);
		expect(grounds[0]).not.toBe(grounds[1]);
	});

	it('shows markup of a caller as text', async () => {
		const page = await open();
		await fetch(`${seam.url}/<img src=x onerror=alert(1)>`);
		await page.getByText('GET /%3Cimg').waitFor();
		expect(await page.locator('.calls img').count()).toBe(0);
	});
});

describe('appearance', () => {
	it.each(['light', 'dark'] as const)('every text can be read in %s', async (colorScheme) => {
		await connect(seam).post(lock, { device_id: FRONT_DOOR });
		await connect(seam, {}).post('/devices/list');
		await connect(seam).post('/webhooks/create', { url: 'http://127.0.0.1:1/a-webhook' });
		seam.faults.set({ name: 'unavailable' });
		const page = await open({ colorScheme, reducedMotion: 'reduce' });
		await page.getByRole('list', { name: 'Calls' }).waitFor();
		for (const summary of await page.locator('summary').all()) await summary.click();
		const texts = await page.evaluate<SeenText[]>(SEEN_TEXTS);
		expect(texts.length).toBeGreaterThan(200);
		const ground = texts[0]?.backgrounds.at(-2);
		expect(ground).toBe(colorScheme === 'light' ? 'rgb(244, 243, 239)' : 'rgb(17, 23, 26)');
		const faint = texts.filter((text) => contrastOf(text) < 4.5);
		expect(faint.map(({ text }) => text)).toEqual([]);
	});

	it.each([380, 700, 1000])('needs no sideways scrolling at %d px', async (width) => {
		const page = await open({ viewport: { width, height: 800 } });
		for (const summary of await page.locator('summary').all()) await summary.click();
		expect(await page.evaluate(OVERFLOW)).toEqual({ page: 0, boxes: 0 });
	});

	it.each([390, 1440])('shows the note of a lock above its ID at %d px', async (width) => {
		const page = await open({ viewport: { width, height: 900 } });
		const office = page.getByRole('article', { name: 'Office' });
		const note = await office.getByText('Never confirms').boundingBox();
		const id = await office.locator('.identity').boundingBox();
		expect(note!.y + note!.height).toBeLessThanOrEqual(id!.y);
	});

	it('says when the simulators are gone', async () => {
		const brief = await startPage({ port: 0, services: [createSeamPage(seam)] });
		const { page } = await openPage(browser, brief.url);
		await brief.close();
		await page.getByText('Connection lost').waitFor();
	});
});
