import type { IDataObject, INode } from 'n8n-workflow';

import {
	codesOn,
	countCalls,
	createByHand,
	CREATE,
	DELETE,
	inHours,
	LIST,
	removing,
	setting,
	UPDATE,
} from '../../../support/guestCodes';
import { CONTINUE, onlyItem } from '../../../support/rig';
import { callSeam } from '../../../support/callSeam';
import { relay, rig, useRelayedSeam } from '../../../support/relayedSeam';
import type { RelayedAnswer } from '../../../support/seamRelay';

/** What others do to the codes of a lock in the middle of a run, and lists that lag behind. */

const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

useRelayedSeam();

const perform = async (parameters: IDataObject, extra: Partial<INode> = {}) =>
	onlyItem(await rig.run(parameters, [{}], { ...CONTINUE, ...extra }));
/** Does something just before the first request to a path reaches Seam. */
const before = (path: string, interfere: () => Promise<unknown>) =>
	relay.once(path, async (_path, forward) => {
		await interfere();
		return await forward();
	});
const refusal = (status: number, type: string): RelayedAnswer => ({
	status,
	body: JSON.stringify({ error: { type, message: 'the code 824691' } }),
});

describe('a list that lags behind', () => {
	it('a creation: the code is set, and not said to be gone', async () => {
		relay.freeze(LIST);
		expect(await perform(setting('B-1'))).toMatchObject({
			action: 'created',
			accessCodeId: codesOn(rig)[0]?.access_code_id,
			sent: true,
		});
	});

	it('a deletion: the code is being removed, and not said to be active', async () => {
		await perform(setting('B-1', { options: { waitSeconds: 30 } }));
		relay.freeze(LIST);
		expect(await perform(removing('B-1'))).toMatchObject({
			action: 'removed',
			state: 'removing',
			evidence: 'sent',
			text: 'The code of booking B-1 is being removed from Front door and may still open it',
		});
	});

	it('a deletion that a retry finds done: the same', async () => {
		await perform(setting('B-1', { options: { waitSeconds: 30 } }));
		relay.freeze(LIST);
		const frozen = relay.relay!;
		relay.relay = async (path, forward, body) => {
			const answer = await frozen(path, forward, body);
			return path === DELETE ? { status: 503, body: '' } : answer;
		};
		const options = { waitSeconds: 30 };
		expect(await perform(removing('B-1', { options }), RETRY)).toMatchObject({
			action: 'removed',
			state: 'removing',
			evidence: 'sent',
		});
		expect(countCalls(rig, DELETE)).toBe(1);
	});
});

it('after a retry, the younger of two codes is still taken back by who made it', async () => {
	let listsLost = 0;
	let isCreated = false;
	relay.relay = async (path, forward) => {
		if (path === CREATE && !isCreated) {
			isCreated = true;
			await createByHand(rig, { name: '[B-1] other', code: '246813' });
			rig.time.advance(1);
			return await forward();
		}
		const isLost = path === LIST && isCreated && ++listsLost <= 9;
		return isLost ? { status: 503, body: '' } : await forward();
	};
	const item = await perform(setting('B-1'), RETRY);
	expect(item.error).toBeUndefined();
	expect(codesOn(rig)).toMatchObject([{ name: '[B-1] other' }]);
	expect(countCalls(rig, DELETE)).toBe(1);
});

it('a PIN that another code took in the meantime is named as the cause', async () => {
	relay.relay = async (path, forward) =>
		path === CREATE ? refusal(409, 'duplicate_access_code') : await forward();
	const item = await perform(setting('B-1', { pin: '824691' }));
	expect(item.error).toMatchObject({ reason: 'rejected', evidence: 'none' });
	expect(item.message).toMatch(/Another code of "Front door" has this PIN.*Give another PIN/);
	expect(JSON.stringify(item)).not.toContain('824691');
});

describe('a change of a code that is removed in the meantime', () => {
	it('makes a new one when the code is gone', async () => {
		await perform(setting('B-1', { options: { waitSeconds: 30 } }));
		const { access_code_id } = codesOn(rig)[0]!;
		before(UPDATE, async () => {
			await callSeam(rig.simulator, DELETE, { access_code_id });
			rig.time.advance(30);
		});
		const item = await perform(setting('B-1', { until: inHours(48) }));
		expect(item).toMatchObject({ action: 'created', until: inHours(48) });
		expect(item.accessCodeId).not.toBe(access_code_id);
	});

	it('makes a new one, and names the old one, when its removal has only begun', async () => {
		await perform(setting('B-1', { options: { waitSeconds: 30 } }));
		const { access_code_id } = codesOn(rig)[0]!;
		rig.simulator.faults.set({ name: 'codeNotRemoved' });
		before(UPDATE, async () => await callSeam(rig.simulator, DELETE, { access_code_id }));
		const item = await perform(setting('B-1', { until: inHours(48) }));
		expect(item).toMatchObject({ action: 'created', until: inHours(48) });
		expect(JSON.stringify(item.problems)).toContain(access_code_id);
	});

	it('is refused, and sent no second time, when the code is still there', async () => {
		await perform(setting('B-1', { options: { waitSeconds: 30 } }));
		let updates = 0;
		relay.relay = async (path, forward) => {
			if (path !== UPDATE) return await forward();
			updates++;
			return refusal(400, 'invalid_input');
		};
		const item = await perform(setting('B-1', { until: inHours(48) }));
		expect(item.error).toMatchObject({ evidence: 'none', sent: false });
		expect(updates).toBe(1);
		expect(countCalls(rig, CREATE)).toBe(1);
	});
});
