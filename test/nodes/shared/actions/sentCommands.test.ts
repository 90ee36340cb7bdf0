import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';

import { SentCommands, sentKey } from '../../../../nodes/shared/actions/sentCommands';
import { START_MS } from '../../../support/virtualClock';

/** What n8n keeps for a node during one execution, and so for its Retry On Fail. */
let memory: IContextObject;
beforeEach(() => {
	memory = {};
});

function sentCommands(runIndex = 0): SentCommands {
	const context = {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
	};
	return new SentCommands(context as object as IExecuteFunctions);
}

describe('what was sent in a run', () => {
	const key = sentKey(1, 'lock', 'd');

	it('is known to a retry by its item, its command and its device', () => {
		sentCommands().note(key, { sentAtMs: START_MS });
		const retry = sentCommands();
		expect(retry.find(key)).toEqual({ sentAtMs: START_MS });
		for (const other of [sentKey(2, 'lock', 'd'), sentKey(1, 'unlock', 'd'), 'constructor']) {
			expect(retry.find(other)).toBeUndefined();
		}
	});

	it('is not known to the next run of a node in a loop', () => {
		sentCommands().note(key, { sentAtMs: START_MS });
		expect(sentCommands(1).find(key)).toBeUndefined();
	});

	it('makes the outcome of its item unknown when its devices are', () => {
		const sent = sentCommands();
		const none = { command: 'lock', evidence: 'none', sent: false };
		expect(sent.outcomeOf('lock', 1)).toEqual(none);
		sent.note(key, { sentAtMs: START_MS });
		expect(sent.outcomeOf('lock', 1)).toEqual({ ...none, evidence: 'unknown', sent: true });
		expect(sent.outcomeOf('lock', 11)).toEqual(none);
		expect(sent.outcomeOf('unlock', 1)).toEqual({ ...none, command: 'unlock' });
	});

	it('is forgotten after a success of all, so that the next call of an agent counts', () => {
		const sent = sentCommands();
		sent.note(key, { sentAtMs: START_MS });
		sent.forgetAll();
		expect(sentCommands().find(key)).toBeUndefined();
	});

	it('is kept within the run for an agent that has no execution', () => {
		const context = {
			getContext() {
				throw new Error('There is no execution');
			},
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		};
		const sent = new SentCommands(context as object as IExecuteFunctions);
		sent.note(key, { sentAtMs: START_MS });
		expect(sent.find(key)).toBeDefined();
	});
});
