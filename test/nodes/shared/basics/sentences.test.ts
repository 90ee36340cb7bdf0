import {
	capitalized,
	listOf,
	shortened,
	withLowerCase,
} from '../../../../nodes/shared/basics/sentences';

it('a sentence continues in lower case, unless it begins with the name of the service', () => {
	expect(withLowerCase('The car sleeps. Wake It', 'Volvo')).toBe('the car sleeps. Wake It');
	expect(withLowerCase('Ask the maker, Volvo', 'Volvo')).toBe('ask the maker, Volvo');
	expect(withLowerCase('Volvo does not answer', 'Volvo')).toBe('Volvo does not answer');
});

it('a sentence begins with a capital letter', () => {
	expect(capitalized('the car of Anna')).toBe('The car of Anna');
});

it("a service's message is cut only if it is too long", () => {
	expect(shortened('12345', 5)).toBe('12345');
	expect(shortened('123456', 5)).toBe('12345…');
	expect(shortened('1', 5)).toBe('1');
});

it('ten names are listed at most, with the number of the others', () => {
	const names = (count: number) => Array.from({ length: count }, (_, index) => `d${index}`);
	expect(listOf(names(2))).toBe('d0, d1');
	expect(listOf(names(10))).toBe('d0, d1, d2, d3, d4, d5, d6, d7, d8, d9');
	expect(listOf(names(12))).toBe('d0, d1, d2, d3, d4, d5, d6, d7, d8, d9 and 2 more');
});
