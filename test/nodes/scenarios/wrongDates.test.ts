import type { IDataObject } from 'n8n-workflow';

import { LIST, removing, setting } from '../../support/guestCodes';
import { CONTINUE, onlyItem } from '../../support/rig';
import { startScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';
import { relay, rig, useRelayedSeam } from '../../support/relayedSeam';
import { SCRIPTED_APIS } from '../../support/services';
import { START_MS } from '../../support/virtualClock';

/** A gateway with a wrong clock answers once in place of the service. */

const WEEK_MS = 7 * 24 * 3_600_000;
const WEEK_AHEAD_MS = START_MS + WEEK_MS;
const HOUR_AGO = new Date(START_MS - 3_600_000).toISOString();
const dated = (atMs: number) => ({ date: new Date(atMs).toUTCString() });

const CARS = {
	'Volvo v2': { data: { centralLock: { value: 'LOCKED', timestamp: HOUR_AGO } } },
	'Volvo v1': { data: { carLocked: { value: 'LOCKED', timestamp: HOUR_AGO } } },
	'Smartcar v3': {
		data: [
			{
				id: 'closure-islocked',
				attributes: {
					code: 'closure-islocked',
					status: { value: 'SUCCESS' },
					body: { value: true },
				},
				meta: { oemUpdatedAt: HOUR_AGO },
			},
		],
	},
} as const;

describe.each(Object.keys(CARS) as Array<keyof typeof CARS>)('%s', (name) => {
	it('makes no reading older than it is', async () => {
		const rig = await startScriptedRig(name);
		let isFirst = true;
		const reading: ScriptedReply = () => {
			const isGateway = isFirst;
			isFirst = false;
			return isGateway
				? { status: 503, headers: dated(WEEK_AHEAD_MS), body: '' }
				: { headers: dated(START_MS), body: CARS[name] };
		};
		const { reading: request } = SCRIPTED_APIS[name];
		const parameters = { operation: 'getLockStatus' };
		const { item } = await rig.run(parameters, { ...others(name), [request]: reading });
		expect(isFirst).toBe(false);
		expect(item.lock).toBe('locked');
		// the second try came some seconds later
		expect(Math.abs((item.ageSeconds as number) - 3600)).toBeLessThan(60);
		await rig.close();
	});
});

/** What a run reads besides; the scripted server would date it by the real time. */
function others(name: keyof typeof CARS): Record<string, ScriptedReply> {
	return Object.fromEntries(
		Object.entries(SCRIPTED_APIS[name].usual).map(([request, answer]) => [
			request,
			{ ...answer, headers: { ...answer.headers, ...dated(START_MS) } },
		]),
	);
}

describe('guest codes of Seam', () => {
	useRelayedSeam();

	const perform = async (parameters: IDataObject) =>
		onlyItem(await rig.run(parameters, [{}], CONTINUE));
	const failOnce = (failing: string) =>
		relay.once(failing, async () =>
			Promise.resolve({ status: 500, body: '{"error":"gateway"}', dateMs: WEEK_AHEAD_MS }),
		);

	it.each(['/devices/list', '/devices/get', LIST])(
		'are set although %s failed once',
		async (path) => {
			failOnce(path);
			expect(await perform(setting('B-1'))).toMatchObject({ action: 'created' });
		},
	);

	it('do not count as ended', async () => {
		await perform(setting('B-1'));
		failOnce(LIST);
		expect(await perform(setting('B-1'))).toMatchObject({ action: 'unchanged' });
		expect(await perform(removing('B-1'))).toMatchObject({ action: 'removed' });
	});
});
