import { API_VERSIONS } from '../../support/faultMatrix';
import { startScriptedRig } from '../../support/scriptedRig';

const WORD = 'a-word-that-nobody-may-see';

describe.each(API_VERSIONS)('%s', (name) => {
	it.each([
		`http://me:${WORD}@127.0.0.1:4010`,
		`http://${WORD}@127.0.0.1:4010`,
		`http://127.0.0.1:4010/?key=${WORD}`,
		`http://127.0.0.1:4010/#${WORD}`,
		WORD,
	])('a host such as %s is refused without being repeated', async (host) => {
		const rig = await startScriptedRig(name, { host });
		const engine = await rig.startEngine({});
		engine.credentials.data[Object.keys(rig.api.credentials)[0]!]!.host = host;
		const parameters = { ...rig.api.parameters, operation: 'getLockStatus' };
		const run = await engine.runNode(engine.node(rig.api.node, parameters));
		await rig.close();
		const { message } = run.data.resultData.error!;
		expect(message).toMatch(/^The credential's Host must be .*Enter it like https:/);
		expect(JSON.stringify(run.data)).not.toContain(WORD);
	});
});
