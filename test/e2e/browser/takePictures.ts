import type { Browser } from 'playwright-core';
import { exampleNames } from '../../../scripts/examples';
import { createSeamPage } from '../../../simulators/page/seamPage';
import { createSmartcarPage } from '../../../simulators/page/smartcarPage';
import { createVolvoPage } from '../../../simulators/page/volvoPage';
import { startPage } from '../../../simulators/page/pageServer';
import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { launchBrowser, openPage } from '../../page/browserPage';
import { importExamples } from '../host/accounts';
import { START_HOST_MS, startHost, type Host } from '../host/host';
import { byId } from '../host/workflows';
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
