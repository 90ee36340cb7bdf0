import { clock } from '../clock';
import { provenByReading, stronger, type CommandProgress } from '../evidence';
import { attempt, Failure } from '../failure';
import type { CallMeter } from '../http';
import type { Reading } from '../lockStatus';
import type { CommandJob, CommandRun } from './commandJob';

/** Milliseconds for a reading that only completes an answer. */
const CLOSING_READ_TIMEOUT_MS = 10_000;
/** So many it has even when the time of the command is over, so that what came at the last moment is complete. */
const CLOSING_READ_AT_LEAST_MS = 2000;

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
		const { command } = this.job;
		const { service } = this.run.session;
		if (known.followUp !== undefined && service.followUp !== undefined) {
			const { followUp, details } = known;
			const answer = await service.followUp(command, followUp, this.meter, endsAtMs);
			return answer instanceof Failure ? answer : { details, ...answer };
		}
		const reading = await this.read(endsAtMs);
		if (reading === undefined) return known;
		if (reading instanceof Failure) throw reading;
		this.lastReading = reading;
		const proven = provenByReading(
			command,
			reading,
			service.client.serviceClock.latestAt(sentAtMs),
		);
		return proven === undefined ? known : stronger(known, proven);
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
