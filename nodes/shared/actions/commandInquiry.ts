import { clock } from '../basics/clock';
import { withReading, type CommandProgress } from '../model/evidence';
import { attempt, Failure, type FailureReason } from '../model/failure';
import type { Reading } from '../model/lockStatus';
import type { CommandJob, CommandRun } from './commandJob';
import type { CallMeter } from '../http/request';

/** Longest time for the reading after a command, in milliseconds. It only completes the answer. */
const CLOSING_READ_TIMEOUT_MS = 10_000;
/** Least time for that reading, so that a result at the last moment is still complete. */
const CLOSING_READ_AT_LEAST_MS = 2000;

/** Reasons for which a service does not show the outcome of a command, now or later. */
const HIDES_OUTCOME: ReadonlySet<FailureReason> = new Set(['permission', 'notFound']);

/**
 * Checks the outcome of a command that was sent. Asks the service or the device, and never sends
 * again.
 */
export class CommandInquiry {
	/** The latest reading taken to check the command. */
	lastReading: Reading | undefined;

	constructor(
		private readonly run: CommandRun,
		private readonly job: CommandJob,
		private readonly meter: CallMeter,
	) {}

	canAsk({ followUp }: CommandProgress): boolean {
		return followUp !== undefined || this.canRead;
	}

	/** Readings show the outcome of a command. */
	private get canRead(): boolean {
		const { readingsAreCurrent, readingsProve } = this.run.session.definition;
		return readingsProve || readingsAreCurrent === true;
	}

	/**
	 * Asks the service for the outcome of the command, or reads the device to see the wanted state.
	 */
	async ask(
		known: CommandProgress,
		sentAtMs: number,
		deadlineMs: number,
	): Promise<CommandProgress | Failure> {
		if (known.followUp !== undefined) return await this.follow(known, known.followUp, deadlineMs);
		const { command } = this.job;
		const { serviceClock } = this.run.session.client;
		const reading = await this.read(deadlineMs);
		if (reading === undefined) return known;
		if (reading instanceof Failure) throw reading;
		this.lastReading = reading;
		return withReading(known, command, reading, {
			sentAtMs: serviceClock.latestAt(sentAtMs),
			nowMs: serviceClock.now(),
		});
	}

	/**
	 * Asks the service for the outcome. If the service does not show it, and readings can show it,
	 * the device is read from now on.
	 */
	private async follow(
		known: CommandProgress,
		followUp: string,
		deadlineMs: number,
	): Promise<CommandProgress | Failure> {
		const { service } = this.run.session;
		const { command, deviceId } = this.job;
		const outcome = await attempt(async () => ({
			answer: await service.followUp!(command, deviceId, followUp, this.meter, deadlineMs),
		}));
		if (!(outcome instanceof Failure)) {
			const { answer } = outcome;
			return answer instanceof Failure ? answer : { details: known.details, ...answer };
		}
		if (!this.canRead || !HIDES_OUTCOME.has(outcome.facts.reason)) throw outcome;
		return { ...known, followUp: undefined, unresolvedBecause: outcome.facts };
	}

	/** @param deadlineMs Of the command. The reading may take a little longer. */
	async readAfterwards(deadlineMs: number): Promise<Reading | undefined> {
		const nowMs = clock.now();
		const latestMs = Math.max(deadlineMs, nowMs + CLOSING_READ_AT_LEAST_MS);
		const readByMs = Math.min(latestMs, nowMs + CLOSING_READ_TIMEOUT_MS);
		const reading = await attempt(async () => await this.read(readByMs));
		return reading instanceof Failure ? undefined : reading;
	}

	private async read(deadlineMs: number): Promise<Reading | Failure | undefined> {
		const { deviceId } = this.job;
		const options = { parts: 'lock', deadlineMs, retry: false } as const;
		return (await this.run.session.service.read([deviceId], this.meter, options)).get(deviceId);
	}
}
