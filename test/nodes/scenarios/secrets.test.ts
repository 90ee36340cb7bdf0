import { Engine } from '../../support/engine';
import { Poller } from '../../support/poller';
import { WIRES } from '../../support/faultMatrix';
import { expectNoSecret } from '../../support/answerTable';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';
import type { ScriptedAnswer, ScriptedReply } from '../../support/scriptedServer';
import { SCRIPTED_WIRES } from '../../support/scriptedWires';

const STOP = {};
const HIDDEN = '[hidden]';

describe.each(WIRES)('a service that repeats what it was sent, in %s', (name) => {
	let home: ScriptedHome;
	let bare: string;
	beforeAll(async () => {
		home = await startScriptedHome(name);
		bare = home.wire.secrets.join(' ');
	});
	afterAll(async () => await home.close());

	/** By then the run has used every token that it learns. */
	function afterRefresh(answer: ScriptedAnswer): ScriptedReply {
		let isRefused = home.wire.token !== undefined && !home.wire.beginsWithNewToken;
		return () => {
			if (!isRefused) return answer;
			isRefused = false;
			return { status: 401, body: {} };
		};
	}

	const inAnError = () => ({
		status: 400,
		body: { error: { type: 'VALIDATION', message: bare, description: bare } },
	});
	const { requestIdHeader } = SCRIPTED_WIRES[name];
	const inAnId = (header: string) => ({ status: 400, headers: { [header]: bare } });
	const inAPage = () => ({
		status: 502,
		headers: { 'content-type': `text/html; ${bare}` },
		body: `<p>${bare}</p>`,
	});

	it.each<[string, () => ScriptedAnswer]>([
		['in an error', inAnError],
		...(requestIdHeader === undefined
			? []
			: [
					['in the id of the request', () => inAnId(requestIdHeader)] as [
						string,
						() => ScriptedAnswer,
					],
				]),
		['in a page and its type', inAPage],
	])('shows no secret %s', async (_, echo) => {
		for (const asked of [home.wire.reading, home.wire.command]) {
			const operation = asked === home.wire.reading ? 'getLockStatus' : 'lock';
			const answers = { [asked]: afterRefresh(echo()) };
			const parameters = { operation, options: { timeoutSeconds: 30 } };
			const item = await home.run(parameters, answers);
			expectNoSecret(home, item.everything);
			const { run } = await home.run(parameters, { [asked]: afterRefresh(echo()) }, STOP);
			const { message, description } = run.data.resultData.error!;
			expect(`${message} ${description}`).toContain(HIDDEN);
			expectNoSecret(home, `${message} ${description} ${JSON.stringify(run.data)}`);
		}
	});

	it('shows no secret in a raw answer', async () => {
		const { body } = home.wire.usual[home.wire.reading]!;
		const withEcho = (value: unknown): unknown =>
			typeof value === 'object' && value !== null && !Array.isArray(value)
				? { ...value, echo: bare }
				: value;
		const echoing = JSON.parse(JSON.stringify(body), (_, value) => withEcho(value)) as unknown;
		const { item, everything } = await home.run(
			{ operation: 'getLockStatus', options: { includeRaw: true } },
			{ [home.wire.reading]: afterRefresh({ body: echoing }) },
		);
		expect(JSON.stringify(item.raw)).toContain(HIDDEN);
		expectNoSecret(home, everything);
	});

	it('shows no secret in the errors and the log of a trigger', async () => {
		for (const echo of [inAnError(), inAPage(), { ...inAnError(), status: 429 }]) {
			const engine = await home.startEngine({ [home.wire.reading]: afterRefresh(echo) });
			const { apiVersion, deviceId } = home.wire.parameters;
			const parameters = { apiVersion, deviceIds: [deviceId], events: ['locked'] };
			const poller = new Poller(engine, engine.node(`${home.wire.node}Trigger`, parameters));
			const thrown: unknown = await poller.poll().then(
				() => undefined,
				(reason: unknown) => reason,
			);
			const { message, description } = (thrown ?? {}) as { message?: string; description?: string };
			expect(message ?? poller.log[0]).toBeDefined();
			expectNoSecret(
				home,
				`${message} ${description} ${JSON.stringify(thrown)} ${poller.log.join()}`,
			);
		}
	});
});

it('a pasted access token of Volvo is shown in no error', async () => {
	const home = await startScriptedHome('Volvo v2');
	const secrets = {
		accessToken: 'an-access-token-of-the-portal',
		vccApiKey: 'a-key-of-the-portal',
	};
	const body = { error: { message: Object.values(secrets).join(' ') } };
	home.server.answers = { [home.wire.reading]: { status: 400, body } };
	const volvoApi = { ...secrets, environment: 'custom', host: home.server.url };
	const engine = await Engine.start({ volvoApi });
	const parameters = { ...home.wire.parameters, authentication: 'accessToken' };
	const run = await engine.runNode(
		engine.node('volvo', { ...parameters, operation: 'getLockStatus' }),
	);
	await home.close();
	const { description } = run.data.resultData.error!;
	expect(description).toMatch(/^Volvo says: \[hidden\] \[hidden\]\. /);
	for (const secret of Object.values(secrets)) {
		expect(JSON.stringify(run.data)).not.toContain(secret);
	}
});
