import fc from 'fast-check';

import { BACK_DOOR, FRONT_DOOR, GARAGE_DOOR } from '../../../../../simulators/seam/seed';
import type { PlannedMishap } from './memorySeam';

/** The last one is programmed by Seam shortly before each code begins. */
export const LOCKS = [FRONT_DOOR, BACK_DOOR, GARAGE_DOOR] as const;
/** Each begins like the next one, so that a careless search takes one for another. */
export const BOOKINGS = ['B-1', 'B-10', 'B-100'] as const;
const GUESTS = ['', 'Ann', 'Bob [the second]'] as const;

export interface SetStep {
	booking: number;
	locks: string[];
	/** In hours after the begin of the history. */
	from: number;
	until: number;
	pin: string;
	guestName: string;
}

export interface RemoveStep {
	booking: number;
	locks: string[];
}

interface Disturbed {
	mishaps: PlannedMishap[];
	retry: boolean;
}

export type Step =
	| ({ do: 'remove' } & RemoveStep & Disturbed)
	| ({ do: 'set' } & SetStep & Disturbed)
	| { do: 'byHand'; what: 'add' | 'changeName' | 'changePin' | 'remove'; which: number }
	| { do: 'pass'; seconds: number }
	| { do: 'race'; sets: SetStep[]; removal: RemoveStep | undefined }
	| { do: 'switch'; lock: string; online: boolean }
	| { do: 'trouble'; name: 'codeNotRemoved' | 'codeNotSet' | 'codeNotUpdated'; times: number };

export interface History {
	steps: Step[];
	/** What every booking wants in the end; `null` = no code. */
	wishes: Array<SetStep | null>;
	/** Turns that each request waits. */
	turns: number[];
}

const locks = fc.subarray([...LOCKS], { minLength: 1 });
const booking = fc.nat({ max: BOOKINGS.length - 1 });

/** Hours. Long enough that no code ends within a history. */
const from = fc.constantFrom(-1, 30, 200);
const until = fc.constantFrom(2000, 2001, 2400);

function set(of: fc.Arbitrary<number>): fc.Arbitrary<SetStep> {
	return fc
		.record({
			booking: of,
			locks,
			from,
			until,
			guestName: fc.constantFrom(...GUESTS),
			pinNumber: fc.constantFrom(0, 0, 1, 2),
		})
		.map(({ pinNumber, ...step }) => ({
			...step,
			pin: pinNumber === 0 ? '' : `9${step.booking}73${pinNumber}5`,
		}));
}

const removal = fc.record({ booking, locks });

const mishap = fc.record({
	path: fc.constantFrom(
		'/access_codes/create',
		'/access_codes/create',
		'/access_codes/update',
		'/access_codes/delete',
		'/access_codes/list',
		'/access_codes/get',
	),
	mishap: fc.constantFrom('lost', 'late', 'broken', 'limited'),
}) as fc.Arbitrary<PlannedMishap>;

const disturbed = { mishaps: fc.array(mishap, { maxLength: 3 }), retry: fc.boolean() };

/** Executions at once are about one booking. */
const race = booking.chain((of) =>
	fc.record({
		do: fc.constant('race' as const),
		sets: fc.array(set(fc.constant(of)), { minLength: 2, maxLength: 3 }),
		removal: fc.option(fc.record({ booking: fc.constant(of), locks }), { nil: undefined, freq: 4 }),
	}),
);

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: withWord('set', set(booking), disturbed) },
	{ weight: 3, arbitrary: withWord('remove', removal, disturbed) },
	{ weight: 3, arbitrary: race },
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('pass' as const),
			seconds: fc.constantFrom(3, 60, 700, 7200, 200_000),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('switch' as const),
			lock: fc.constantFrom(...LOCKS),
			online: fc.boolean(),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('byHand' as const),
			what: fc.constantFrom('add', 'changeName', 'changePin', 'remove'),
			which: fc.nat({ max: 20 }),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('trouble' as const),
			name: fc.constantFrom('codeNotSet', 'codeNotUpdated', 'codeNotRemoved'),
			times: fc.integer({ min: 1, max: 3 }),
		}),
	},
);

function withWord<Word extends string, Value extends object, More extends object>(
	word: Word,
	value: fc.Arbitrary<Value>,
	more: { [Name in keyof More]: fc.Arbitrary<More[Name]> },
): fc.Arbitrary<{ do: Word } & Value & More> {
	return fc.tuple(value, fc.record(more)).map(([one, other]) => ({
		do: word,
		...one,
		...(other as More),
	}));
}

export const histories: fc.Arbitrary<History> = fc.record({
	steps: fc.array(step, { minLength: 1, maxLength: 10 }),
	wishes: fc.tuple(
		...BOOKINGS.map((_, of) => fc.option(set(fc.constant(of)), { nil: null, freq: 3 })),
	),
	turns: fc.array(fc.nat({ max: 25 }), { minLength: 1, maxLength: 12 }),
});
