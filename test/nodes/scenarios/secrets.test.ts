import { Engine } from '../../support/engine';
import { Poller } from '../../support/poller';
import { API_VERSIONS } from '../../support/faultMatrix';
import { expectNoSecret } from '../../support/answerTable';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedAnswer, ScriptedReply } from '../../support/scriptedServer';
import { SCRIPTED_APIS } from '../../support/scriptedApis';

const STOP = {};
const HIDDEN = '[hidden]';

describe.each(API_VERSIONS)('a service that repeats what it was sent, in %s', (name) => {
	let rig: ScriptedRig;
	let bare: string;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
		bare = rig.api.secrets.join(' ');
	});
	afterAll(async () => await rig.close());

	/** By then the run has used every token that it learns. */
	function afterRefresh(answer: ScriptedAnswer): ScriptedReply {
		let isRefused = rig.api.token !== undefined && !rig.api.beginsWithNewToken;
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
	const { requestIdHeader } = SCRIPTED_APIS[name];
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
		for (const asked of [rig.api.reading, rig.api.command]) {
			const operation = asked === rig.api.reading ? 'getLockStatus' : 'lock';
			const answers = { [asked]: afterRefresh(echo()) };
			const parameters = { operation, options: { timeoutSeconds: 30 } };
			const item = await rig.run(parameters, answers);
			expectNoSecret(rig, item.everything);
			const { run } = await rig.run(parameters, { [asked]: afterRefresh(echo()) }, STOP);
			const { message, description } = run.data.resultData.error!;
			expect(`${message} ${description}`).toContain(HIDDEN);
			expectNoSecret(rig, `${message} ${description} ${JSON.stringify(run.data)}`);
		}
	});

	it('shows no secret in a raw answer', async () => {
		const { body } = rig.api.usual[rig.api.reading]!;
		const withEcho = (value: unknown): unknown =>
			typeof value === 'object' && value !== null && !Array.isArray(value)
				? { ...value, echo: bare }
				: value;
		const echoing = JSON.parse(JSON.stringify(body), (_, value) => withEcho(value)) as unknown;
		const { item, everything } = await rig.run(
			{ operation: 'getLockStatus', options: { includeRaw: true } },
			{ [rig.api.reading]: afterRefresh({ body: echoing }) },
		);
		expect(JSON.stringify(item.raw)).toContain(HIDDEN);
		expectNoSecret(rig, everything);
	});

	it('shows no secret in the errors and the log of a trigger', async () => {
		for (const echo of [inAnError(), inAPage(), { ...inAnError(), status: 429 }]) {
			const engine = await rig.startEngine({ [rig.api.reading]: afterRefresh(echo) });
			const { apiVersion, deviceId } = rig.api.parameters;
			const parameters = { apiVersion, deviceIds: [deviceId], events: ['locked'] };
			const poller = new Poller(engine, engine.node(`${rig.api.node}Trigger`, parameters));
			const thrown: unknown = await poller.poll().then(
				() => undefined,
				(reason: unknown) => reason,
			);
			const { message, description } = (thrown ?? {}) as { message?: string; description?: string };
			expect(message ?? poller.log[0]).toBeDefined();
			expectNoSecret(
				rig,
				`${message} ${description} ${JSON.stringify(thrown)} ${poller.log.join()}`,
			);
		}
	});
});

it('a pasted access token of Volvo is shown in no error', async () => {
	const rig = await startScriptedRig('Volvo v2');
	const secrets = {
		accessToken: 'an-access-token-of-the-portal',
		vccApiKey: 'a-key-of-the-portal',
	};
	const body = { error: { message: Object.values(secrets).join(' ') } };
	rig.server.answers = { [rig.api.reading]: { status: 400, body } };
	const volvoApi = { ...secrets, environment: 'custom', host: rig.server.url };
	const engine = await Engine.start({ volvoApi });
	const parameters = { ...rig.api.parameters, authentication: 'accessToken' };
	const run = await engine.runNode(
		engine.node('volvo', { ...parameters, operation: 'getLockStatus' }),
	);
	await rig.close();
	const { description } = run.data.resultData.error!;
	expect(description).toMatch(/^Volvo says: \[hidden\] \[hidden\]\. /);
	for (const secret of Object.values(secrets)) {
		expect(JSON.stringify(run.data)).not.toContain(secret);
	}
});
