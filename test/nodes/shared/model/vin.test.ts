import { comparableId, isVin } from '../../../../nodes/shared/model/vin';

it.each([
	['YV1XZEFV3P2000001', true],
	['yv1xzefv3p2000001', true],
	['YV1XZEFV3P200000', false],
	['YV1XZEFV3P20000011', false],
	['YV1XZEFV3P200000O', false],
	['YV1XZEFV3P2-00001', false],
	[' YV1XZEFV3P2000001', false],
])('%p is a VIN or not', (text, expected) => {
	expect(isVin(text)).toBe(expected);
});

it('a VIN is compared in capital letters, another ID as it is, and none with the blanks around it', () => {
	expect(comparableId(' yv1xzefv3p2000001\n')).toBe('YV1XZEFV3P2000001');
	expect(comparableId(' Front-door ')).toBe('Front-door');
});
