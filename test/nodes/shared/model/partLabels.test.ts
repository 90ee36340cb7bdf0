import { doorLabel, kindOfWord, unnamedPart } from '../../../../nodes/shared/model/partLabels';

it.each([
	['doors', 'backCenter', 'back center door'],
	['doors', 'slidingDoor', 'sliding door'],
	['doors', 'slidingdoors', 'sliding door'],
	['doors', 'slidingdoor', 'sliding door'],
	['doors', 'row3__left', 'third row left door'],
	['doors', 'arrow3', 'arrow3 door'],
	['trunk', 'doorstep', 'doorstep'],
	['trunk', 'hatch open left', 'hatch open left'],
	['windows', 'windows', 'window'],
	['doors', 'rear_left_door_open', 'rear left door'],
	['windows', 'quarter', 'quarter window'],
	['trunk', 'frunk', 'frunk'],
	['sunroof', 'panoramic', 'panoramic sunroof'],
	['doors', '', 'unidentified door'],
	['doors', undefined, 'unidentified door'],
	['trunk', '<b>an opening</b>', 'unidentified opening'],
	['windows', 'x'.repeat(60), 'unidentified window'],
] as const)('for %s the word %s is labelled %s', (kind, word, label) => {
	expect(unnamedPart(kind, word, 'open')).toEqual({ kind, label, openness: 'open' });
});

it.each([
	['slidingDoor', 'doors'],
	['quarterWindow', 'windows'],
	['panoramaRoof', 'sunroof'],
	['liftgate', 'trunk'],
	['chargePortLid', undefined],
	['fuelLid', undefined],
	['tankLidRear', undefined],
	['frunk', 'trunk'],
])('the word %s suggests a part of the kind %s', (word, kind) => {
	expect(kindOfWord(word, 'trunk')).toBe(kind);
});

it('the name of a part is cut if it is longer than any', () => {
	expect(doorLabel('x'.repeat(101))).toBe(`${'x'.repeat(100)} door`);
});
