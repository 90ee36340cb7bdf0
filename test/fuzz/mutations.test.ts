import { fuzzCase } from './fuzz';
import { mutated } from './mutations';

const SAMPLES = [{ isLocked: true, doors: [{ type: 'frontLeft', status: 'CLOSED' }] }];

/** Looks for one kind of damage. */
const looksFor = (isIt: (input: unknown) => boolean) =>
	fuzzCase({
		name: 'a reader that is wrong',
		inputs: mutated(SAMPLES),
		judge: (input) => {
			const violations = isIt(input) ? [{ rule: 'broken', cameOut: '' }] : [];
			return Promise.resolve({ violations, isRead: true });
		},
	});

const textOf = (input: unknown) => JSON.stringify(input) ?? '';

it.each([
	['a member that is gone', (text: string) => !text.includes('isLocked')],
	['a contradiction', (text: string) => /CLOSED.*OPEN/.test(text)],
	['a list in place of an object', (text: string) => text.startsWith('[')],
	['a name of the prototype', (text: string) => text.includes('"__proto__":')],
	['a time that none has', (text: string) => text.includes('0001-01-01')],
	['a huge number', (text: string) => text.includes('e+308')],
	['a deep nest', (text: string) => /\[{50}|(\{"a":){50}/.test(text)],
])('%s is among the damage', async (_what, isIt) => {
	const { findings } = await looksFor((input) => isIt(textOf(input))).find(5000, 1);
	expect(findings).toHaveLength(1);
});

it('what is found is shrunk to one mutation, and the same seed finds the same', async () => {
	const reader = looksFor((input) => textOf(input).includes('"isLocked":false'));
	const { findings } = await reader.find(5000, 1);
	expect(findings[0]?.input).toBe(JSON.stringify({ ...SAMPLES[0], isLocked: false }));
	expect((await reader.find(5000, 1)).findings).toEqual(findings);
});
