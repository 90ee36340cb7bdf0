import { isVehicle, listedVehicle, nameIn } from '../../../../nodes/Volvo/api/volvoVehicle';
import { Failure } from '../../../../nodes/shared/model/failure';

const VIN = 'YV4EK3ZL0R2000017';
const EX30 = {
	vin: VIN,
	descriptions: { model: 'EX30' },
	modelYear: 2025,
	fuelType: 'ELECTRIC',
	externalColour: 'Cloud Blue',
};

it.each(Object.entries(EX30))('an answer with %s alone is about a vehicle', (name, value) => {
	expect(isVehicle({ [name]: value })).toBe(true);
});

it.each([{}, { login: 'please' }, null])('%j is not about a vehicle', (details) => {
	expect(isVehicle(details)).toBe(false);
});

it('a listed vehicle has its details', () => {
	expect(listedVehicle(VIN, EX30)).toEqual({
		deviceId: VIN,
		name: 'EX30 2025',
		details: {
			model: 'EX30',
			modelYear: 2025,
			fuelType: 'ELECTRIC',
			colour: 'Cloud Blue',
			problems: [],
		},
		raw: EX30,
	});
});

const NO_DETAILS = { model: null, modelYear: null, fuelType: null, colour: null };

it('what a vehicle does not tell is null, and its VIN is its name', () => {
	expect(listedVehicle(VIN, { vin: VIN, modelYear: 'new' })).toMatchObject({
		name: VIN,
		details: { ...NO_DETAILS, problems: [] },
	});
});

it('a vehicle whose details cannot be read says why', () => {
	const failure = new Failure({
		reason: 'upstream',
		what: 'Volvo, or the car, could not process the request',
		userAction: 'Try again later',
	});
	const { name, details, raw } = listedVehicle(VIN, failure);
	expect({ name, raw }).toEqual({ name: VIN, raw: {} });
	expect(details).toEqual({
		...NO_DETAILS,
		problems: [expect.stringMatching(/^Vehicle YV4…0017: Volvo, or the car, could not process/)],
	});
});

it.each<[unknown, string | undefined]>([
	[EX30, 'EX30 2025'],
	[{ descriptions: { model: 'EX30' } }, 'EX30'],
	[{ modelYear: '2025' }, '2025'],
	[{}, undefined],
])('the name in %j is %s', (details, name) => {
	expect(nameIn(details)).toBe(name);
});
