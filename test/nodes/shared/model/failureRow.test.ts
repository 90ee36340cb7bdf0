import { refused, row, uncertain } from '../../../../nodes/shared/model/failureRow';

it('a row of a failure table states whether the service did anything', () => {
	const texts = ['timeout', 'It broke', 'Look'] as const;
	const facts = { reason: 'timeout', what: 'It broke', userAction: 'Look' };
	expect(row(...texts)).toEqual(facts);
	expect(refused(...texts)).toEqual({ ...facts, notExecuted: true });
	expect(uncertain(...texts)).toEqual({ ...facts, notExecuted: false });
});
