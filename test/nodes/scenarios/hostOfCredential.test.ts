import { WIRES } from '../../support/faultMatrix';
import { startScriptedHome } from '../../support/scriptedHome';

const WORD = 'a-word-that-nobody-may-see';

describe.each(WIRES)('%s', (name) => {
	it.each([
		`http://me:${WORD}@127.0.0.1:4010`,
		`http://${WORD}@127.0.0.1:4010`,
		`http://127.0.0.1:4010/?key=${WORD}`,
		`http://127.0.0.1:4010/#${WORD}`,
		WORD,
	])('a host such as %s is refused without being repeated', async (host) => {
		const home = await startScriptedHome(name, { host });
		const engine = await home.startEngine({});
		engine.credentials.data[Object.keys(home.wire.credentials)[0]!]!.host = host;
		const parameters = { ...home.wire.parameters, operation: 'getLockStatus' };
		const run = await engine.runNode(engine.node(home.wire.node, parameters));
		await home.close();
		const { message } = run.data.resultData.error!;
		expect(message).toMatch(/^The credential's Host must be .*Enter it like https:/);
		expect(JSON.stringify(run.data)).not.toContain(WORD);
	});
});
