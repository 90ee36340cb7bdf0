import type { Browser } from 'playwright-core';
import { XC40 } from '../../../simulators/volvo/seed';
import { launchBrowser } from '../../page/browserPage';
import { START_HOST_MS, startHost, type Host } from '../host/host';
import { CredentialForm } from './credentialForm';
import { choicesOf, Editor } from './editor';
import { NodeView } from './nodeView';

let host: Host;
let browser: Browser;
let editor: Editor;
let node: NodeView;

beforeAll(async () => {
	[host, browser] = await Promise.all([startHost('browser'), launchBrowser()]);
	editor = await Editor.signIn(browser, host.n8n.url);
	node = new NodeView(editor);
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => {
	await browser?.close();
	await host?.close();
});

describe('the node panel', () => {
	it.each([
		['volvo', ['Volvo Cars']],
		['lock', ['Seam', 'Seam Webhook', 'Smartcar', 'Smartcar Webhook', 'Volvo Cars']],
		['door', ['Seam', 'Smartcar', 'Volvo Cars']],
	])('%s finds each service once, with its trigger, and the webhooks', async (search, entries) => {
		await editor.openNewWorkflow();
		await editor.searchNodes(search);
		for (const entry of entries) {
			await editor.entry(entry).waitFor();
			expect(await editor.entry(entry).count()).toBe(1);
		}
	});

	it.each([
		['Seam', 'Triggers (14)', 'On door opened', 'Lock door', 'Actions (9)'],
		['Smartcar', 'Triggers (9)', 'On window opened', 'Lock vehicle', 'Actions (5)'],
		['Volvo Cars', 'Triggers (9)', 'On vehicle left unlocked', 'Lock vehicle', 'Actions (5)'],
	])('%s offers triggers and actions', async (entry, triggers, trigger, action, actions) => {
		await editor.openNewWorkflow();
		await editor.searchNodes(entry);
		await editor.openEntry(entry);
		expect(await editor.category('Triggers').innerText()).toBe(triggers);
		expect(await editor.category('Actions').innerText()).toBe(actions);
		await editor.entry(trigger).waitFor();
		await editor.entry(action).waitFor();
	});
});

describe('the node Volvo Cars', () => {
	beforeEach(() => editor.add('Volvo Cars', 'Get lock status'));

	it('reads a vehicle that was found in the list, and the canvas shows it', async () => {
		await node.chooseCredential('Volvo account');
		const devices = await node.openDevices();
		expect(await devices.count()).toBe(4);
		await editor.part('rlc-search').fill('xc40');
		await devices.filter({ hasText: 'EX30' }).waitFor({ state: 'hidden' });
		await devices.first().waitFor();
		expect(await devices.allInnerTexts()).toEqual([`XC40 2022 (${XC40})`]);
		await devices.click();
		await node.execute();
		expect(await node.outputTable()).toMatchObject([
			// this car, like every Volvo without a sunroof, does not report one
			{ service: 'volvo', name: 'XC40 2022', lock: 'locked', secure: 'null', stale: 'false' },
		]);

		await node.close();
		await editor.page.getByText('Get lock status: XC40 2022', { exact: true }).waitFor();
	});

	it('shows that the quota is used up, and what to do', async () => {
		await node.chooseDevice('XC40');
		host.simulators.Volvo.faults.set({ name: 'quotaExceeded', times: 20 });
		await node.execute();
		await node.output.getByText('quota').first().waitFor();
		const said = await node.output.innerText();
		expect(said).toContain('The calls that Volvo allows for this VCC API key in a day');
		expect(said).toContain('Wait until the quota is replenished');
		expect(said).toMatch(
			/in \d+:\d\d:\d\d\. Reason: quotaExceeded\. Can be tried again in \d+ (hours|minutes|seconds?)\./,
		);
	});

	it('says in the list of vehicles why there is none', async () => {
		host.simulators.Volvo.faults.set({ name: 'quotaExceeded', times: 20 });
		await node.part('rlc-input').click();
		await editor.page.getByText('Could not load list').waitFor();
		await editor.page.getByText('The calls that Volvo allows for this VCC API key').waitFor();
	});
});

describe('the trigger Volvo Cars', () => {
	beforeEach(() => editor.add('Volvo Cars', 'On door opened'));

	it('begins with the event that was chosen in the node panel, and explains the others', async () => {
		expect(await node.field('events').innerText()).toContain('Door Opened');
		await node.field('events').click();
		const choices = choicesOf(editor.page);
		await choices.first().waitFor();
		expect(await choices.allInnerTexts()).toEqual(
			expect.arrayContaining([
				'Left Unlocked\nThe vehicle has been unlocked for some minutes, once each time',
			]),
		);
		expect(await choices.count()).toBe(9);
		await node.closeList();
	});

	it('shows what polling costs, line by line', async () => {
		const lines = await node.notice.getByRole('listitem').allInnerTexts();
		expect(lines).toEqual([
			'every minute: 1,440 · 7,200 · 28,800',
			'every 5 minutes: 288 · 1,440 · 5,760',
			'every 15 minutes: 96 · 480 · 1,920',
			'every hour: 24 · 120 · 480',
		]);
		expect(await node.notice.innerText()).not.toMatch(/[<>]/);
	});

	it('warns of more calls than the budget has, and of nothing else', async () => {
		await node.tick('deviceIds', ['EX30', 'V60', 'XC40', 'XC60']);
		await node.part('parameter-input-deviceIds').getByText('XC60').waitFor();
		expect(await node.hints.count()).toBe(0);
		await node.tick('events', ['Window Opened']);
		await node.hints.getByText('cost more than').waitFor();
		await node.choose('mode', 'Every Hour');
		await node.hints.first().waitFor({ state: 'hidden' });
	});

	it('shows a sample of each event on Fetch Test Event', async () => {
		await node.tick('events', ['Left Unlocked']);
		await node.execute();
		await node.output.getByText('2 items').waitFor();
		expect(await node.outputTable()).toMatchObject([
			{ id: 'sample:doorOpened', event: 'doorOpened', service: 'volvo' },
			{ id: 'sample:leftUnlocked', event: 'leftUnlocked' },
		]);
		await node.close();
		await editor.page.getByText('Door opened, left unlocked', { exact: true }).waitFor();
	});
});

describe('the form of the credential Seam API', () => {
	it('says why a wrong key is refused, and that the right one works', async () => {
		const form = await CredentialForm.create(editor, 'Seam API');
		await form.fill('apiKey', 'seam_wrong');
		await form.choose('environment', 'Custom');
		await form.fill('host', host.simulators.Seam.url);
		await form.save();
		await form.failure.waitFor();
		expect(await form.readFailure()).toContain(
			'Seam does not accept this key. Copy it again from the Seam Console',
		);
		await form.fill('apiKey', host.simulators.Seam.apiKey);
		await form.save();
		await form.success.waitFor();
		expect(await form.failure.isVisible()).toBe(false);
	});
});
