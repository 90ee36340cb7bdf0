import { fieldsOf, simpleFieldsOf } from '../../../../nodes/shared/model/outputFields';

it.each(['getLockStatus', 'getWindows', 'lock', 'unlock'] as const)(
	'the simple output of %s says which device it is about, and has fields that exist',
	(operation) => {
		const simple = simpleFieldsOf(operation);
		expect(simple).toEqual(expect.arrayContaining(['name', 'deviceId', 'text']));
		expect(fieldsOf(operation)).toEqual(expect.arrayContaining(simple));
	},
);

it('a command says what is proven and whether it was sent', () => {
	expect(simpleFieldsOf('unlock')).toEqual(expect.arrayContaining(['evidence', 'sent']));
	expect(fieldsOf('lock')).toContain('status');
});
