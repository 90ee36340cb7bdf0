import type { Size } from '../../row';
import { stageSeam } from './seamStage';
import { stageSmartcar } from './smartcarStage';
import { stageVolvo } from './volvoStage';
import type { Stage } from './watch';

/** How long the contest lasts, and its events. */
export interface Span {
	name: string;
	minutes: number;
	changes: number;
	/** How many of the changes are undone and redone at once. */
	quickTriples: number;
}

export interface Contest {
	service: string;
	stage: () => Promise<Stage>;
	spans: Record<Size, Span>;
	/** Seconds between two ticks of the hand-made workflow, for one or more of its kind. */
	handMadeEvery: number[];
	note: string;
}

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MONTH_MINUTES = 31 * DAY_MINUTES;

const SEAM_LOCKS = 10;
/** Our trigger's default. */
const VOLVO_CALLS_A_DAY = 9000;
const SMARTCAR_VEHICLES = 2;
/** For each vehicle. */
const SMARTCAR_CALLS_A_MONTH = 500;

/** The fewest whole minutes per tick at which the calls stay within the budget, in seconds. */
const fewestMinutes = (callsATick: number, budget: number, budgetMinutes: number): number =>
	60 * Math.max(1, Math.ceil((callsATick * budgetMinutes) / budget));

const seam: Contest = {
	service: 'Seam',
	stage: async () => await stageSeam(SEAM_LOCKS),
	spans: {
		full: { name: '12 hours', minutes: 12 * HOUR_MINUTES, changes: 40, quickTriples: 4 },
		smoke: { name: 'an hour', minutes: HOUR_MINUTES, changes: 8, quickTriples: 1 },
	},
	// once as often as ours, once with as many calls
	handMadeEvery: [60, 30],
	note: `By hand: Schedule Trigger, n8n's HTTP Request node, and a Code node that compares each lock with the one it remembers; n8n runs such code in a process of its own, here it runs outside of the workflow. Its interval is the fewest whole minutes within the same budget of calls; ours is polled each minute, n8n's smallest interval of such a trigger. Delays are medians, in simulated time; each contender has a simulator of its own in this process, on which the same seeded script of changes is played. ${SEAM_LOCKS} locks; some are moved there, back and there again within two minutes, which only Seam's log of events shows: our second call of a poll. For as many calls a Schedule Trigger can look at the locks every 30 seconds, and misses only what is undone within them.`,
};

const volvo = (cars: number, changes: number, note: string): Contest => ({
	service: `Volvo, ${cars} cars, ${VOLVO_CALLS_A_DAY.toLocaleString('en')} calls a day`,
	stage: async () => await stageVolvo(cars),
	spans: {
		full: { name: '6 hours', minutes: 6 * HOUR_MINUTES, changes, quickTriples: 0 },
		smoke: { name: 'half an hour', minutes: HOUR_MINUTES / 2, changes: 4, quickTriples: 0 },
	},
	handMadeEvery: [fewestMinutes(cars, VOLVO_CALLS_A_DAY, DAY_MINUTES)],
	note,
});

const smartcar: Contest = {
	service: `Smartcar, ${SMARTCAR_VEHICLES} vehicles, ${SMARTCAR_CALLS_A_MONTH} calls a month each`,
	stage: async () => await stageSmartcar(SMARTCAR_VEHICLES, SMARTCAR_CALLS_A_MONTH),
	spans: {
		full: { name: 'a week', minutes: WEEK_MINUTES, changes: 28, quickTriples: 0 },
		smoke: { name: '4 hours', minutes: 4 * HOUR_MINUTES, changes: 4, quickTriples: 0 },
	},
	handMadeEvery: [fewestMinutes(1, SMARTCAR_CALLS_A_MONTH, MONTH_MINUTES)],
	note: 'The budget allows a reading every hour and a half, by whomever, and what is undone before the next reading nobody sees. A Schedule Trigger counts at most 59 minutes, then whole hours; it is given 90 minutes here.',
};

/** In the order of the table. */
export const CONTESTS: readonly Contest[] = [
	seam,
	volvo(2, 16, 'The budget does not bind: each car is read once a minute by both.'),
	volvo(
		20,
		60,
		"The budget binds: ours reads each car when its share of the calls has grown back, by hand all wait for the next tick that all can afford. Volvo tells the state only, so what is undone before a car's next reading is not seen.",
	),
	smartcar,
];
