import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR, OFFICE_DOOR } from '../../simulators/seam/seed';
import { startSeamRig } from '../support/seamRig';
import { startSmartcarRig } from '../support/smartcarRig';
import { WebhookHost } from '../support/webhookHost';
import type { Chance } from './chance';
import { Journal, ShownStates } from './journal';
import type { SoakReport } from './polledSoak';
import { changeSmartcar, smartcarsOf } from './polledWorlds';
import { statesIn } from './smartcarPayload';

const BEATS_A_DAY = 48;
const BEAT_SECONDS = 1800;

/** One webhook trigger, and the service that delivers to it. */
interface PushedWorld {
	name: string;
	host: WebhookHost;
	journal: Journal;
	advance(seconds: number): void;
	shift(seconds: number): void;
	happen(chance: Chance): void;
	desk: {
		flush(): Promise<void>;
		hold(): void;
		release(wanted: { order: 'shuffled'; seed: number }): Promise<unknown>;
		redeliver(wanted: { last: number }): Promise<unknown>;
		forge(forgery: 'alteredBody'): Promise<unknown>;
	};
	/** Counts the accepted deliveries as shown. */
	look: (areKept: boolean) => void;
	/** Whether deliveries may overtake each other. */
	mayOvertake: boolean;
	close(): Promise<void>;
}

async function seamPushWorld(): Promise<PushedWorld> {
	const rig = await startSeamRig();
	const { simulator } = rig;
	// the nodes' clock follows the simulator's
	simulator.setWebhooks({ time: 'simulator' });
	const locks = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR];
	const parameters = { events: ['locked', 'unlocked'] };
	const node = rig.engine.node('seamWebhookTrigger', parameters, { id: randomUUID() });
	const host = await WebhookHost.start(rig.engine, node);
	await host.publish();
	// an event has its own id, and one that was overtaken is emitted anyway
	const journal = new Journal(false);
	return {
		name: 'Seam, pushed',
		host,
		journal,
		advance: (seconds) => rig.time.advance(seconds),
		shift: (seconds) => rig.time.shift(seconds),
		happen(chance) {
			const device_id = chance.oneOf(locks);
			const event = simulator.device(device_id).properties.locked ? 'unlocked' : 'locked';
			const { event_id } = simulator.addEvent({ event_type: `lock.${event}`, device_id });
			journal.expect(device_id, 'lock', { event, id: event_id });
		},
		desk: simulator.webhooks,
		look: () => undefined,
		mayOvertake: true,
		close: async () => {
			await host.close();
			await rig.close();
		},
	};
}

async function smartcarPushWorld(): Promise<PushedWorld> {
	const rig = await startSmartcarRig();
	const { simulator } = rig;
	const { desk } = simulator.webhooks;
	rig.setCredential({ managementToken: simulator.managementToken, mode: 'live' });
	const cars = smartcarsOf(rig, 'push');
	const events = ['doorClosed', 'doorOpened', 'locked', 'unlocked', 'windowClosed', 'windowOpened'];
	const parameters = { events, deviceIds: cars };
	const node = rig.engine.node('smartcarWebhookTrigger', parameters, { id: randomUUID() });
	const host = await WebhookHost.start(rig.engine, node);
	await host.publish();
	await simulator.webhooks.create({ callbackUri: host.url });
	const journal = new Journal(false);
	const shown = new ShownStates(journal);
	const sequences = new Map<string, number>();
	return {
		name: 'Smartcar, pushed',
		host,
		journal,
		advance: (seconds) => rig.time.advance(seconds),
		shift: (seconds) => rig.time.shift(seconds),
		happen: (chance) => changeSmartcar(rig, chance, cars),
		desk,
		look(areKept) {
			const messages = new Map(desk.messages().map((message) => [message.id, message]));
			for (const { messageId, status, kind } of desk.attempts()) {
				const message = messages.get(messageId ?? '');
				if (status !== 200 || kind === 'forgery' || message === undefined) continue;
				const { deviceId, sequence, states } = statesIn(message.payload);
				// an overtaken one shows an older state, and a repeat nothing new
				if (!areKept || sequence <= (sequences.get(deviceId) ?? 0)) continue;
				sequences.set(deviceId, sequence);
				shown.look(deviceId, states);
			}
			desk.forgetAttempts();
		},
		mayOvertake: true,
		close: async () => {
			await host.close();
			await rig.close();
		},
	};
}

class PushedSoak {
	private readonly report = { polls: 0, faults: 0, restarts: 0, crashes: 0, jumps: 0 };
	private emitted = 0;
	private unstarted = 0;
	private isShifted = false;

	constructor(
		private readonly world: PushedWorld,
		private readonly chance: Chance,
	) {}

	async run(days: number): Promise<SoakReport> {
		await this.settle();
		for (let beat = 0; beat < days * BEATS_A_DAY; beat++) {
			await this.deliverByChance();
			// retries of refused deliveries come in between
			for (let step = 0; step < 4; step++) {
				this.world.advance(BEAT_SECONDS / 4);
				await this.settle();
			}
			this.moveClock();
		}
		this.setClock(false);
		for (let hour = 0; hour < 48; hour++) {
			this.world.advance(3600);
			await this.settle();
		}
		const { name, journal } = this.world;
		return { name, ...this.report, counts: journal.close(), complaints: journal.complaints };
	}

	private async deliverByChance(): Promise<void> {
		const { chance, report, world } = this;
		const { desk, host } = world;
		const fate = chance.is(0.9)
			? 'well'
			: chance.oneOf(['down', 'endsBeforeSaving', 'endsAfterSaving'] as const);
		const isHeld = world.mayOvertake && chance.is(0.1);
		if (isHeld) desk.hold();
		host.fate = fate;
		for (let count = chance.number(4); count > 0; count--) {
			this.world.advance(5 + chance.number(60));
			world.happen(chance);
			if (!isHeld) await this.arrived();
		}
		if (isHeld) await desk.release({ order: 'shuffled', seed: chance.number(1000) });
		await this.settle();
		host.fate = 'well';
		if (isHeld || fate === 'down') report.faults++;
		if (fate === 'endsBeforeSaving' || fate === 'endsAfterSaving') {
			report.crashes++;
			host.restart();
		} else if (chance.is(0.05)) {
			report.restarts++;
			host.restart();
		}
		await this.disturb();
	}

	/** What a service that delivers at least once, or somebody else, may send. */
	private async disturb(): Promise<void> {
		const { chance, report, world } = this;
		if (chance.is(0.1)) {
			report.faults++;
			await world.desk.redeliver({ last: 1 + chance.number(3) });
			await this.settle();
		}
		if (chance.is(0.05) && report.polls > 0) {
			report.faults++;
			await world.desk.forge('alteredBody');
			await this.settle();
		}
	}

	private moveClock(): void {
		if (!this.chance.is(0.02)) return;
		this.report.jumps++;
		this.setClock(!this.isShifted);
	}

	/** Signatures are valid for five minutes, so our clock is less than that behind. */
	private setClock(isShifted: boolean): void {
		if (isShifted !== this.isShifted) this.world.shift(isShifted ? -200 : 200);
		this.isShifted = isShifted;
	}

	private async arrived(): Promise<void> {
		await this.world.desk.flush();
		await this.world.host.idle();
	}

	/** Takes what has arrived since the last time. */
	private async settle(): Promise<void> {
		await this.arrived();
		const { host, journal, look } = this.world;
		look(host.fate !== 'endsBeforeSaving');
		const items = host.items;
		const fresh: IDataObject[] = items.slice(this.emitted);
		this.report.polls += fresh.length;
		this.emitted = items.length;
		journal.emit(fresh);
		journal.miss(host.unstarted.slice(this.unstarted));
		this.unstarted = host.unstarted.length;
	}
}

/** Webhook triggers for days, with deliveries that are doubled, late, forged and lost. */
export async function soakPushed(
	service: 'seam' | 'smartcar',
	chance: Chance,
	days: number,
): Promise<SoakReport> {
	const world = await (service === 'seam' ? seamPushWorld() : smartcarPushWorld());
	try {
		return await new PushedSoak(world, chance).run(days);
	} finally {
		await world.close();
	}
}
