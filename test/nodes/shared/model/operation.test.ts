import { isCommand } from '../../../../nodes/shared/model/operation';

it.each([
	['lock', true],
	['unlock', true],
	['getLockStatus', false],
	['Lock', false],
	[undefined, false],
])('%p is a command or not', (operation, expected) => {
	expect(isCommand(operation)).toBe(expected);
});
