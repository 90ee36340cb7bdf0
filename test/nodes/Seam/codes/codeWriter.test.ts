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
	removingById,
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

it('a computed PIN that another code took in the meantime is named as the cause', async () => {
	relay.relay = async (path, forward) =>
		path === CREATE ? refusal(409, 'duplicate_access_code') : await forward();
	const item = await perform(setting('B-1'));
	expect(item.error).toMatchObject({ reason: 'rejected', evidence: 'none', sent: false });
	expect(item.message).toMatch(/Another code of "Front door" has this PIN.* Give a PIN in 'PIN'$/);
});

it('a creation that Seam refuses for another reason is sent once, and not looked for', async () => {
	let creations = 0;
	relay.relay = async (path, forward) => {
		if (path !== CREATE) return await forward();
		creations++;
		return refusal(400, 'invalid_input');
	};
	const item = await perform(setting('B-1'));
	expect(item.error).toMatchObject({ evidence: 'none', sent: false });
	expect(item.message).toContain('The code on "Front door" was not set: ');
	expect(creations).toBe(1);
	expect(countCalls(rig, LIST)).toBe(1);
});

describe('when Seam cannot be asked after a write', () => {
	const UNREADABLE: RelayedAnswer = { status: 503, body: '' };
	/** Answers the write like this, and then no list. */
	const cutAfter = (write: string, answer?: RelayedAnswer) => {
		let isWritten = false;
		relay.relay = async (path, forward) => {
			if (isWritten && path === LIST) return UNREADABLE;
			if (path !== write) return await forward();
			isWritten = true;
			return answer ?? (await forward());
		};
	};
	const READ_BACK = 'but Seam could not be asked about it';

	it.each<[string, string, RelayedAnswer | undefined, IDataObject, string]>([
		[
			'a code that was made',
			CREATE,
			undefined,
			{ evidence: 'acknowledged', sent: true },
			`was set, ${READ_BACK}`,
		],
		[
			'a code that was changed',
			UPDATE,
			undefined,
			{ evidence: 'acknowledged', sent: true },
			`was set, ${READ_BACK}`,
		],
		[
			'a code that was removed',
			DELETE,
			undefined,
			{ evidence: 'sent', sent: true },
			`was removed, ${READ_BACK}`,
		],
		[
			'a code that may be made',
			CREATE,
			UNREADABLE,
			{ evidence: 'unknown', sent: true },
			'is not known whether the code on "Front door" was set: ',
		],
		[
			'a code that may be changed',
			UPDATE,
			UNREADABLE,
			{ evidence: 'unknown', sent: true },
			'is not known whether the code on "Front door" was set: ',
		],
		[
			'a code that may be removed',
			DELETE,
			UNREADABLE,
			{ evidence: 'unknown', sent: true },
			'is not known whether the code on "Front door" was removed: ',
		],
		[
			'a code that was refused',
			CREATE,
			refusal(409, 'duplicate_access_code'),
			{ evidence: 'none', sent: false, reason: 'upstream' },
			'Seam could not process the request',
		],
	])('%s is called that', async (_, write, answer, expected, message) => {
		if (write !== CREATE) await perform(setting('B-1', { options: { waitSeconds: 30 } }));
		cutAfter(write, answer);
		const parameters = write === DELETE ? removing('B-1') : setting('B-1', { until: inHours(48) });
		const item = await perform(parameters);
		expect(item.error).toMatchObject({ retryable: expected.evidence === 'none', ...expected });
		expect(item.message).toContain(message);
	});
});

it('a list that was read in time counts, although the next ones fail', async () => {
	relay.freeze(LIST);
	const frozen = relay.relay!;
	let lists = 0;
	relay.relay = async (path, forward, body) =>
		path === LIST && ++lists > 2 ? { status: 503, body: '' } : await frozen(path, forward, body);
	expect(await perform(setting('B-1'))).toMatchObject({ action: 'created', sent: true });
	expect(lists).toBeGreaterThan(2);
});

it('a code that is not taken back is taken back by a retry', async () => {
	relay.relay = async (path, forward) => {
		if (path === CREATE) {
			await createByHand(rig, { name: '[B-1] other', code: '246813' });
			rig.time.advance(1);
		}
		const isRefused = path === DELETE && refusals++ === 0;
		return isRefused ? refusal(429, 'too_many_requests') : await forward();
	};
	let refusals = 0;
	expect((await perform(setting('B-1'), RETRY)).error).toBeUndefined();
	expect(codesOn(rig)).toMatchObject([{ name: '[B-1] other' }]);
});

describe('a removal of a code', () => {
	const makeCode = async () => {
		await perform(setting('B-1', { options: { waitSeconds: 30 } }));
		return codesOn(rig)[0]!.access_code_id;
	};

	it('that somebody else removes in the meantime finds it gone', async () => {
		const access_code_id = await makeCode();
		before(DELETE, async () => {
			await callSeam(rig.simulator, DELETE, { access_code_id });
			rig.time.advance(30);
		});
		expect(await perform(removing('B-1'))).toMatchObject({
			action: 'alreadyGone',
			state: 'removed',
			sent: false,
		});
	});

	it('that Seam does not find, but still shows, is not done', async () => {
		await makeCode();
		relay.relay = async (path, forward) =>
			path === DELETE ? refusal(404, 'access_code_not_found') : await forward();
		const item = await perform(removing('B-1'));
		expect(item.error).toMatchObject({ reason: 'notFound', evidence: 'none', sent: false });
		expect(item.message).toContain('was not removed');
	});

	it('that the lock did not erase is not said to be on its way', async () => {
		const id = await makeCode();
		rig.simulator.faults.set({ name: 'codeNotRemoved' });
		relay.editCodes((code) => {
			if (countCalls(rig, DELETE) === 0 || code.access_code_id !== id) return;
			const errors = [{ error_code: 'failed_to_remove_from_device' }];
			Object.assign(code, { status: 'set', pending_mutations: [], warnings: [], errors });
		});
		const item = await perform(removing('B-1'));
		expect(item).toMatchObject({ action: 'removed', state: 'failed', sent: true });
		expect(item.text).toContain('could not be erased and may still open');
	});

	it('is about the next one of the booking, when there is another', async () => {
		const id = await makeCode();
		before(DELETE, async () => await createByHand(rig, { name: '[B-1] other', code: '246813' }));
		const item = await perform(removing('B-1', { options: { waitSeconds: 60 } }));
		expect(item).toMatchObject({
			action: 'removed',
			state: 'active',
			sent: true,
			evidence: 'sent',
		});
		expect(item.accessCodeId).not.toBe(id);
	});

	it('by its ID is known to a retry, when the code is gone and Seam has no event of it', async () => {
		const id = await makeCode();
		let isDeleted = false;
		relay.relay = async (path, forward) => {
			if (path === '/events/list') return { status: 200, body: JSON.stringify({ events: [] }) };
			if (path === LIST && isDeleted) return { status: 503, body: '' };
			if (path !== DELETE) return await forward();
			isDeleted = true;
			await forward();
			rig.time.advance(60);
			return { status: 503, body: '' };
		};
		expect(await perform(removingById(id), RETRY)).toMatchObject({
			accessCodeId: id,
			action: 'removed',
			state: 'removed',
			sent: true,
		});
		expect(countCalls(rig, DELETE)).toBe(1);
	});

	it('by its ID is not denied by a retry that cannot ask', async () => {
		const id = await makeCode();
		let isDeleted = false;
		relay.relay = async (path, forward) => {
			isDeleted ||= path === DELETE;
			return isDeleted ? { status: 503, body: '' } : await forward();
		};
		const item = await perform(removingById(id), RETRY);
		expect(item.error).toMatchObject({ command: 'remove', evidence: 'unknown', sent: true });
	});
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
