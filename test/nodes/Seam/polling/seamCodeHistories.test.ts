import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { createCode, deleteCode } from '../../../support/seamCodes';
import { Poller } from '../../../support/poller';
import { minutesPass, rig, useSeamTriggers } from '../../../support/seamTriggers';

useSeamTriggers();

const EVENTS = ['guestCodeFirstUse', 'guestCodeReady', 'guestCodeRemoved', 'unlocked'];
const STEPS = [
	'create',
	'crash',
	'delete',
	'fail',
	'overlap',
	'poll',
	'repeat',
	'restart',
	'type',
] as const;
type Step = (typeof STEPS)[number];

const pinOf = (index: number) => `7391${50 + index}`;
/** Not one that is part of a random ID. */
const A_PIN = /(?<![\w-])7391\d\d(?![\w-])/;

/** A trigger, and what people do with codes meanwhile. */
class History {
	private readonly codes: Array<{ id: string; isDeleted: boolean }> = [];
	readonly expected = new Set<string>();
	/** Codes that a poll could hear of before they were deleted. */
	readonly known = new Set<string>();
	readonly items: IDataObject[] = [];

	constructor(private readonly poller: Poller) {}

	async take(step: Step): Promise<void> {
		minutesPass(1);
		const last = this.codes.at(-1);
		switch (step) {
			case 'create': {
				if (this.codes.length >= 8) return;
				const more = { code: pinOf(this.codes.length), name: `[B-${this.codes.length}] Ann` };
				const id = await createCode(rig.simulator, more);
				this.codes.push({ id, isDeleted: false });
				this.expected.add(`guestCodeReady:${id}`);
				// it is programmed within seconds
				rig.time.advance(10);
				return;
			}
			case 'type': {
				if (last === undefined || last.isDeleted) return;
				const { opened } = rig.simulator.codes.enter(FRONT_DOOR, pinOf(this.codes.length - 1));
				if (opened) this.expected.add(`guestCodeFirstUse:${last.id}`);
				return;
			}
			case 'delete': {
				if (last === undefined || last.isDeleted) return;
				last.isDeleted = true;
				await deleteCode(rig.simulator, last.id);
				this.expected.add(`guestCodeRemoved:${last.id}`);
				rig.time.advance(10);
				return;
			}
			case 'poll':
				return await this.poll();
			case 'restart':
				this.poller.restart();
				return await this.poll();
			case 'overlap': {
				const answers = await Promise.all([this.poller.poll(), this.poller.poll()]);
				return this.keep(answers.flatMap((items) => items ?? []));
			}
			case 'crash': {
				// n8n ends before it has stored anything of the poll
				const { state } = this.poller;
				await this.poller.poll();
				this.poller.restart(state);
				return;
			}
			case 'repeat': {
				await this.poll();
				return await this.poll();
			}
			case 'fail':
				rig.simulator.faults.set({ name: 'internalError', path: '/events/list' });
				// whether it fails or not, it hears of no code
				this.items.push(...((await this.poller.poll().catch(() => null)) ?? []));
				rig.simulator.faults.clear();
				return;
		}
	}

	private async poll(): Promise<void> {
		this.keep((await this.poller.poll()) ?? []);
	}

	private keep(items: readonly IDataObject[]): void {
		this.items.push(...items);
		for (const { id, isDeleted } of this.codes) if (!isDeleted) this.known.add(id);
	}
}

it('each step of a code comes exactly once, and with the name of a code that a poll has heard of', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom(...STEPS), { minLength: 5, maxLength: 20 }),
			async (steps) => {
				rig.simulator.reset();
				const poller = new Poller(rig.engine, rig.engine.node('seamTrigger', { events: EVENTS }));
				await poller.poll();
				const history = new History(poller);
				for (const step of steps) await history.take(step);
				for (const step of ['poll', 'restart', 'poll'] as const) await history.take(step);
				const ofCodes = history.items.filter(({ event }) => event !== 'unlocked');
				expect(ofCodes.map(({ id }) => id).sort()).toEqual([...history.expected].sort());
				const named = ofCodes.filter(({ guestCode }) => guestCode !== null);
				expect(named).toHaveLength(ofCodes.length);
				const ofKnown = ofCodes.filter(({ accessCodeId }) =>
					history.known.has(accessCodeId as string),
				);
				for (const { guestCode } of ofKnown) {
					expect(guestCode).toMatchObject({ guestName: 'Ann' });
				}
				expect(JSON.stringify([history.items, poller.state, poller.log])).not.toMatch(A_PIN);
			},
		),
		{ numRuns: 15 },
	);
}, 120_000);
