import { clock } from '../basics/clock';
import { withReading, type CommandProgress } from '../model/evidence';
import { attempt, Failure, type FailureReason } from '../model/failure';
import type { Reading } from '../model/lockStatus';
import type { CommandJob, CommandRun } from './commandJob';
import type { CallMeter } from '../http/request';

/** Milliseconds for a reading that only completes an answer. */
const CLOSING_READ_TIMEOUT_MS = 10_000;
/** So many it has even when the time of the command is over, so that what came at the last moment is complete. */
const CLOSING_READ_AT_LEAST_MS = 2000;

/** Why a service does not show what became of a command, and will not later. */
const HIDES_TRACE: ReadonlySet<FailureReason> = new Set(['permission', 'notFound']);

/** What became of a command that was sent: asks the service or the device, and sends nothing again. */
export class CommandInquiry {
	/** What the device showed when it was asked about the command. */
	lastReading: Reading | undefined;

	constructor(
		private readonly run: CommandRun,
		private readonly job: CommandJob,
		private readonly meter: CallMeter,
	) {}

	canAsk({ followUp }: CommandProgress): boolean {
		return followUp !== undefined || this.run.session.definition.readingsProve;
	}

	/** Asks the service what became of the command, or the device whether it shows the wanted state. */
	async ask(
		known: CommandProgress,
		sentAtMs: number,
		endsAtMs: number,
	): Promise<CommandProgress | Failure> {
		if (known.followUp !== undefined) return await this.follow(known, known.followUp, endsAtMs);
		const { command } = this.job;
		const { service } = this.run.session;
		const reading = await this.read(endsAtMs);
		if (reading === undefined) return known;
		if (reading instanceof Failure) throw reading;
		this.lastReading = reading;
		const { serviceClock } = service.client;
		return withReading(known, command, reading, {
			sentAtMs: serviceClock.latestAt(sentAtMs),
			nowMs: serviceClock.estimatedAt(clock.now()),
		});
	}

	/** A trace that the service does not show is given up where the device itself can be asked. */
	private async follow(
		known: CommandProgress,
		followUp: string,
		endsAtMs: number,
	): Promise<CommandProgress | Failure> {
		const { definition, service } = this.run.session;
		const { command } = this.job;
		const word = await attempt(async () => ({
			said: await service.followUp!(command, followUp, this.meter, endsAtMs),
		}));
		if (!(word instanceof Failure)) {
			return word.said instanceof Failure ? word.said : { details: known.details, ...word.said };
		}
		if (!definition.readingsProve || !HIDES_TRACE.has(word.facts.reason)) throw word;
		return { ...known, followUp: undefined, untold: word.facts };
	}

	/** @param deadlineMs When the time of the command is over. */
	async readAfterwards(deadlineMs: number): Promise<Reading | undefined> {
		const nowMs = clock.now();
		const latestMs = Math.max(deadlineMs, nowMs + CLOSING_READ_AT_LEAST_MS);
		const endsAtMs = Math.min(latestMs, nowMs + CLOSING_READ_TIMEOUT_MS);
		const reading = await attempt(async () => await this.read(endsAtMs));
		return reading instanceof Failure ? undefined : reading;
	}

	private async read(onceBy: number): Promise<Reading | Failure | undefined> {
		const { deviceId } = this.job;
		const options = { parts: 'lock', onceBy } as const;
		return (await this.run.session.service.read([deviceId], this.meter, options)).get(deviceId);
	}
}
