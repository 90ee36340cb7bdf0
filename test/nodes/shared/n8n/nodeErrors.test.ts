import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { Failure, type FailureFacts } from '../../../../nodes/shared/model/failure';
import { asNodeErrors, nodeError, requestIdOf } from '../../../../nodes/shared/n8n/nodeErrors';

const NODE: INode = {
	id: 'n',
	name: 'Node',
	type: 'node',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const errorOf = (facts: Partial<FailureFacts>, ...more: [number?, never?]) => {
	const what = { reason: 'rejected', what: 'It did not work', userAction: 'Wait' } as const;
	return nodeError(NODE, new Failure({ ...what, ...facts }), ...more);
};

it('an answer of the service has its HTTP status, another failure has none', () => {
	const api = errorOf({ httpStatus: 409 }, 3);
	expect(api).toBeInstanceOf(NodeApiError);
	expect(api).toMatchObject({ message: 'It did not work. Wait', httpCode: '409' });
	expect(api.context.itemIndex).toBe(3);
	const own = errorOf({}, 4);
	expect(own).toBeInstanceOf(NodeOperationError);
	expect(own).toMatchObject({ message: 'It did not work. Wait' });
	expect(own.context.itemIndex).toBe(4);
});

it('the description has what is known, line by line', () => {
	expect(errorOf({}).description).toBe('Reason: rejected');
	const facts = { reason: 'offline', detail: 'Seam says: no. No..', requestId: 'r1' } as const;
	expect(errorOf(facts).description).toBe(
		'Seam says: no. No. Reason: offline. Can be tried again later. Request ID: r1',
	);
});

it('the description of a command says how far it got, and when it may be repeated', () => {
	const describe = (evidence: 'none' | 'unknown') => {
		const failure = new Failure({ reason: 'timeout', what: 'Late', userAction: 'Look' });
		const outcome = { command: 'unlock', evidence, sent: true } as const;
		return nodeError(NODE, failure, 0, outcome).description;
	};
	expect(describe('none')).toBe('Reason: timeout. Can be tried again later. Evidence: none');
	expect(describe('unknown')).toBe('Reason: timeout. Evidence: unknown');
});

it.each([
	[1, '1 second'],
	[119, '119 seconds'],
	[120, '2 minutes'],
	[121, '3 minutes'],
	[7199, '120 minutes'],
	[7200, '2 hours'],
	[7201, '3 hours'],
])('a wait of %d seconds is never told too short: %s', (retryAfterSeconds, words) => {
	expect(errorOf({ reason: 'rateLimited', retryAfterSeconds }).description).toBe(
		`Reason: rateLimited. Can be tried again in ${words}`,
	);
});

it('a VIN in the text of a service is shortened, and so are long texts', () => {
	const { description } = errorOf({ detail: `About YV1XZEFV3P2000001: ${'x'.repeat(2000)}` });
	expect(description).toMatch(/^About YV1…0001: x+/);
	expect(description!.length).toBeLessThan(850);
	const facts = { reason: 'rejected', what: '', userAction: '' } as const;
	expect(requestIdOf({ ...facts, requestId: 'r'.repeat(500) })!.length).toBeLessThan(110);
	expect(requestIdOf(facts)).toBeUndefined();
});

it('only failures leave a node as errors', async () => {
	const context = { getNode: () => NODE };
	expect(await asNodeErrors(context, () => 7)).toBe(7);
	const failing = asNodeErrors(context, () => {
		throw new Failure({ reason: 'rejected', what: 'No', userAction: 'Wait' });
	});
	await expect(failing).rejects.toThrow(NodeOperationError);
});
