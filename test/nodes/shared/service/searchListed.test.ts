import { searchListed } from '../../../../nodes/shared/service/searchListed';

const [XC40, EX30, NAMELESS] = [
	['YV1-202', 'XC40 2023'],
	['YV1-303', 'EX30 2025'],
	['YV1-404', 'YV1-404'],
].map(([deviceId = '', name = '']) => ({ deviceId, name, details: {}, raw: {} }));
const found = (filter: string | undefined) =>
	searchListed([XC40!, EX30!, NAMELESS!], filter).results.map(({ value }) => value);

it('an entry of the picker has the name and the id, or the id alone', () => {
	expect(searchListed([XC40!, NAMELESS!], undefined)).toEqual({
		results: [
			{ name: 'XC40 2023 (YV1-202)', value: 'YV1-202' },
			{ name: 'YV1-404', value: 'YV1-404' },
		],
	});
});

it.each([
	['nothing', undefined, ['YV1-202', 'YV1-303', 'YV1-404']],
	['blanks', '  ', ['YV1-202', 'YV1-303', 'YV1-404']],
	['a part of a name, in whatever letters', ' eX3 ', ['YV1-303']],
	['a part of an id', '404', ['YV1-404']],
	['what no vehicle has', 'golf', []],
])('a search for %s', (_, filter, ids) => {
	expect(found(filter)).toEqual(ids);
});
