import type { Browser } from 'playwright-core';
import { exampleNames, readExample } from '../../../scripts/examples';
import { createSeamPage } from '../../../simulators/page/seamPage';
import { createSmartcarPage } from '../../../simulators/page/smartcarPage';
import { createVolvoPage } from '../../../simulators/page/volvoPage';
import { startPage } from '../../../simulators/page/pageServer';
import { BACK_DOOR, FRONT_DOOR } from '../../../simulators/seam/seed';
import { launchBrowser, openPage } from '../../page/browserPage';
import { importExamples, withAccounts } from '../host/accounts';
import { agentWorkflow, seamTool } from '../host/agentWorkflow';
import { START_HOST_MS, startHost, type Host } from '../host/host';
import { arranged, byId } from '../host/workflows';
import { photograph, photographCanvas } from './camera';
import { CredentialForm } from './credentialForm';
import { Editor } from './editor';
import { NodeView } from './nodeView';

/** `npm run pictures`: what README and docs show, taken anew. */

const ROOM_FOR_A_WORKFLOW = { width: 1700, height: 1300 };

let host: Host;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	[host, browser] = await Promise.all([startHost('pictures'), launchBrowser()]);
	editor = await Editor.signIn(browser, host.n8n.url);
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => {
	await browser?.close();
	await host?.close();
});

it('the node panel', async () => {
	await editor.openNewWorkflow();
	await editor.page.setViewportSize({ width: 1000, height: 1000 });
	await editor.searchNodes('volvo');
	await editor.openEntry('Volvo Cars');
	await photograph(editor.page, 'docs/images/node-panel.png');
	await editor.page.setViewportSize({ width: 1280, height: 800 });
});

it('a node with its output', async () => {
	await editor.add('Volvo Cars', 'Get lock status');
	const node = new NodeView(editor);
	await node.chooseDevice('V60');
	await node.execute();
	await node.output.getByText('1 item').waitFor();
	await node.part('radio-button-json').last().click();
	await node.output.getByText('reasons').waitFor();
	await photograph(editor.page, 'docs/images/node.png');
});

it('a guest code', async () => {
	await editor.add('Seam', 'Set guest code');
	const node = new NodeView(editor);
	await node.chooseDevice('Front door');
	await node.field('bookingReference').locator('input').fill('B-1042');
	await node.field('guestName').locator('input').fill('Kim Example');
	await node.field('from').locator('input').fill('2030-12-24T15:00:00');
	await node.field('until').locator('input').fill('2030-12-27T11:00:00');
	await node.execute();
	await node.output.getByText('1 item').waitFor();
	await node.part('radio-button-json').last().click();
	await node.output.getByText('scheduled').first().waitFor();
	await editor.page.setViewportSize({ width: 1280, height: 1000 });
	await photograph(editor.page, 'docs/images/guest-code.png');
	await editor.page.setViewportSize({ width: 1280, height: 800 });
});

it('a trigger', async () => {
	await editor.add('Volvo Cars', 'On door opened');
	const node = new NodeView(editor);
	await node.tick('events', ['Left Unlocked']);
	await node.tick('deviceIds', ['V60', 'XC40']);
	await node.execute();
	await node.output.getByText('2 items').waitFor();
	await node.part('radio-button-json').last().click();
	await node.output.getByText('doorOpened').first().waitFor();
	await editor.page.setViewportSize({ width: 1280, height: 960 });
	await photograph(editor.page, 'docs/images/trigger.png');
	await editor.page.setViewportSize({ width: 1280, height: 800 });
});

it('a credential', async () => {
	const form = await CredentialForm.create(editor, 'Seam API');
	await form.fill('apiKey', host.simulators.Seam.apiKey);
	await form.choose('environment', 'Custom');
	await form.fill('host', host.simulators.Seam.url);
	await form.save();
	await form.success.waitFor();
	await photograph(editor.page, 'docs/images/credential.png');
});

it('the choice of who is asked before an AI agent unlocks', async () => {
	const model = await host.client.createCredential('openAiApi', { apiKey: 'any' });
	const tool = seamTool(host.accounts.seamApi, 'unlock', {
		name: 'Unlock back door',
		parameters: { operation: 'unlock', deviceId: byId(BACK_DOOR) },
	});
	const { id } = await host.client.createWorkflow(
		arranged(agentWorkflow(3.1, model, tool), {
			Start: [-250, 0],
			Model: [-60, 260],
			[tool.name]: [180, 260],
		}),
	);
	await editor.page.setViewportSize({ width: 1280, height: 640 });
	await editor.openWorkflow(id);
	// the list covers the right of the canvas
	await editor.page.mouse.move(300, 400);
	await editor.page.mouse.wheel(250, 0);
	await editor.page.locator('.vue-flow__edge').last().hover({ force: true });
	await editor.part('add-connection-button').click({ force: true });
	await editor.page.getByText('Human review').waitFor();
	await photograph(editor.page, 'docs/images/human-review.png');
	await editor.page.setViewportSize({ width: 1280, height: 800 });
});

it('the question of a human review', async () => {
	const name = 'agent-asks-before-unlocking';
	const telegram = await host.client.createCredential(
		'telegramApi',
		{ accessToken: '1:any' },
		'Telegram account',
	);
	const example = withAccounts(readExample(name), { ...host.accounts, telegramApi: telegram });
	const { id } = await host.client.createWorkflow(example);
	await editor.page.setViewportSize({ width: 1280, height: 800 });
	await editor.openWorkflow(id);
	await editor.openNode('Ask the manager');
	await photograph(editor.page, 'docs/images/human-review-message.png');
});

it('the page of the simulators, after a command', async () => {
	const { Seam, Smartcar, Volvo } = host.simulators;
	const services = [createSeamPage(Seam), createVolvoPage(Volvo), createSmartcarPage(Smartcar)];
	const server = await startPage({ port: 0, services });
	try {
		const viewport = { width: 1440, height: 830 };
		const { page } = await openPage(browser, server.url, { colorScheme: 'light', viewport });
		await host.runAction('seam', 'seamApi', { operation: 'lock', deviceId: byId(FRONT_DOOR) });
		await page.getByRole('list', { name: 'Calls' }).getByText('lock_door').first().waitFor();
		await photograph(page, 'docs/images/simulators.png');
	} finally {
		await server.close();
	}
});

it('the first workflow, with its message', async () => {
	const name = 'is-everything-locked';
	const workflow = (await importExamples(host.client, host.accounts))[
		exampleNames().indexOf(name)
	]!;
	await editor.page.setViewportSize({ width: 1280, height: 900 });
	await editor.openWorkflow(workflow.id);
	await editor.part('execute-workflow-button').click();
	await editor.page.getByText('Workflow executed successfully').first().waitFor();
	await editor.part('logs-overview-header').click();
	// the log opens with the output of the last node
	await editor.part('log-details').getByText('Front door').first().waitFor();
	await editor.part('zoom-to-fit').click();
	await photograph(editor.page, 'docs/images/first-workflow.png');
});

it.each(exampleNames())('the example %s', async (name) => {
	const at = exampleNames().indexOf(name);
	const workflow = (await importExamples(host.client, host.accounts))[at]!;
	await editor.page.setViewportSize(ROOM_FOR_A_WORKFLOW);
	await editor.openWorkflow(workflow.id);
	await photographCanvas(editor, `examples/images/${name}.png`);
});
