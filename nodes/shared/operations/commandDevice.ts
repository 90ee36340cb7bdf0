import { clock, sleepUnlessCancelled } from '../clock';
import { reaches, type Command, type CommandProgress, type Evidence } from '../evidence';
import { attempt, Failure, toFailure, type FailureFacts } from '../failure';
import type { CallMeter } from '../http';
import type { LockService } from '../lockService';
import { isOpenOrAjar, judgeSecurity, toLockStatus, type Parts, type Reading } from '../lockStatus';
import { cancelled } from '../networkFailure';
import type { Session } from '../session';
import { fenceFailure } from '../unlockFence';
import type { DeviceAnswer } from './answers';
import { awaitEvidence } from './awaitEvidence';
import * as texts from './commandTexts';
import type { CommandOptions } from './parameters';
import type { SentCommands } from './sentCommands';

export interface CommandJob {
	/** Tells the commands of one run apart, also on a retry. */
	key: string;
	command: Command;
	deviceId: string;
	options: CommandOptions;
	/** What is known of the device before the command; absent when it was not to be read. */
	reading: Reading | Failure | undefined;
	/** Calls that were spent on that reading. */
	readingCalls: number;
}

export interface CommandRun {
	session: Session;
	sent: SentCommands;
	nodeType: string;
}

/** Milliseconds for a reading that only completes an answer. */
const CLOSING_READ_TIMEOUT_MS = 10_000;

/** Carries out one command on one device: checks, sends at most once, waits for the evidence. */
export async function commandDevice(run: CommandRun, job: CommandJob): Promise<DeviceAnswer> {
	const task = new CommandTask(run, job);
	try {
		return await task.perform();
	} catch (thrown) {
		// nothing that goes wrong in here may keep other devices from being locked
		return task.broken(toFailure(thrown));
	}
}

class CommandTask {
	private readonly meter: CallMeter;
	private readonly service: LockService;
	private readonly subject: texts.CommandSubject;
	private readonly reading: Reading | undefined;

	constructor(
		private readonly run: CommandRun,
		private readonly job: CommandJob,
	) {
		const { definition, service } = run.session;
		this.service = service;
		this.meter = { calls: job.readingCalls };
		this.reading = job.reading instanceof Failure ? undefined : job.reading;
		this.subject = {
			label: definition.label,
			deviceType: definition.deviceType,
			name: this.reading?.name ?? job.deviceId,
			command: job.command,
		};
	}

	async perform(): Promise<DeviceAnswer> {
		const earlier = this.run.sent.find(this.job.key);
		if (earlier !== undefined) {
			return earlier.progress === undefined
				? this.failed(texts.answerWasLost(this.subject), 'unknown')
				: await this.conclude(earlier.progress, earlier.sentAtMs, clock.now());
		}
		const obstacle = this.obstacle();
		if (obstacle !== undefined) return this.failed(obstacle, 'none');
		if (this.job.options.dryRun) return this.result('none', false, 0, this.reading);
		if (this.job.options.skipIfAlready && this.isAlreadyDone()) {
			return this.result('acknowledged', false, 0, this.reading);
		}
		const delay = await this.waitForPlace();
		if (delay !== undefined) return this.failed(delay, 'none');
		return await this.sendOnce();
	}

	broken({ facts }: Failure): DeviceAnswer {
		return this.failed(facts, this.run.sent.find(this.job.key) === undefined ? 'none' : 'unknown');
	}

	/** Why nothing must be sent, judged before anything is. */
	private obstacle(): FailureFacts | undefined {
		const { command, deviceId, options, reading } = this.job;
		const fence = fenceFailure(command, deviceId, this.run.session.credentials, this.run.nodeType);
		if (fence !== undefined) return fence;
		if (reading instanceof Failure) {
			// a state that cannot be read today is no reason to leave a door unlocked
			return texts.FORBIDS_COMMAND.has(reading.facts.reason) ? reading.facts : undefined;
		}
		if (reading === undefined) return undefined;
		const incapable = this.service.cannotTake(command, reading);
		if (incapable !== undefined) return incapable;
		if (!options.checkOpenings || command !== 'lock') return undefined;
		const standsOpen = whatStandsOpen(reading);
		return standsOpen.length > 0 ? texts.standsOpen(this.subject, standsOpen) : undefined;
	}

	private isAlreadyDone(): boolean {
		if (this.reading === undefined) return false;
		const wanted = this.job.command === 'lock' ? 'locked' : 'unlocked';
		const { ageSeconds } = toLockStatus(this.reading, clock.now());
		const isFresh =
			ageSeconds === null
				? this.reading.online === true
				: ageSeconds <= this.job.options.freshMinutes * 60;
		return isFresh && this.reading.lock === wanted;
	}

	/** Waits until the command is within the published limit; a failure when that would take too long. */
	private async waitForPlace(): Promise<FailureFacts | undefined> {
		const { client } = this.service;
		const window = this.service.commandWindow(this.job.command, this.job.deviceId);
		const allowedAt = window.nextAllowedAt(clock.now());
		const waitMs = allowedAt - clock.now();
		if (waitMs > 0 && !client.hasTimeFor(waitMs)) return texts.limitReached(this.subject, waitMs);
		window.reserve(allowedAt);
		await sleepUnlessCancelled(waitMs, client.cancelSignal);
		return client.cancelSignal?.aborted ? cancelled() : undefined;
	}

	private async sendOnce(): Promise<DeviceAnswer> {
		const { command, deviceId, key, options } = this.job;
		const sentAtMs = clock.now();
		// noted before it leaves, so that no interruption can make a retry send it again
		this.run.sent.note(key, { sentAtMs });
		const timeoutMs = options.timeoutSeconds * 1000;
		try {
			const answer = await this.service.send(command, deviceId, this.meter, timeoutMs);
			if (answer instanceof Failure) return this.refused(answer);
			this.run.sent.note(key, { sentAtMs, progress: answer });
			return await this.conclude(answer, sentAtMs, sentAtMs);
		} catch (thrown) {
			return await this.withoutAnswer(toFailure(thrown));
		}
	}

	/** There was no usable answer: either it is certain that nothing was done, or nothing is. */
	private async withoutAnswer(failure: Failure): Promise<DeviceAnswer> {
		if (failure.facts.notExecuted) return this.refused(failure);
		const after = await this.readAfterwards();
		return this.failed(texts.outcomeUnknown(this.subject, failure.facts, after), 'unknown');
	}

	private async conclude(
		start: CommandProgress,
		sentAtMs: number,
		waitFromMs: number,
	): Promise<DeviceAnswer> {
		const { command, key, options } = this.job;
		const { progress, disturbance } = await awaitEvidence(start, {
			required: options.requiredEvidence,
			deadlineMs: waitFromMs + options.timeoutSeconds * 1000,
			cancelSignal: this.service.client.cancelSignal,
			followUp: async (token, timeoutMs) =>
				await this.service.followUp(command, token, this.meter, timeoutMs),
		});
		if (progress instanceof Failure) return this.refused(progress);
		this.run.sent.note(key, { sentAtMs, progress });
		const elapsedSeconds = Math.round((clock.now() - sentAtMs) / 100) / 10;
		if (!reaches(progress.evidence, options.requiredEvidence)) {
			const facts = this.service.client.cancelSignal?.aborted
				? texts.stoppedWaiting(this.subject)
				: texts.notConfirmed(this.subject, progress, elapsedSeconds, disturbance?.facts);
			return this.failed(facts, progress.evidence);
		}
		// a pending command has changed nothing yet that a reading could show
		const after = progress.evidence === 'sent' ? undefined : await this.readAfterwards();
		return this.result(progress.evidence, true, elapsedSeconds, after);
	}

	private refused(failure: Failure): DeviceAnswer {
		this.run.sent.forget(this.job.key);
		return this.failed(failure.facts, 'none');
	}

	private async readAfterwards(): Promise<Reading | undefined> {
		const { deviceId } = this.job;
		const readings = await attempt(
			async () =>
				await this.service.read([deviceId], this.meter, { timeoutMs: CLOSING_READ_TIMEOUT_MS }),
		);
		const reading = readings instanceof Failure ? readings : readings.get(deviceId);
		return reading instanceof Failure ? undefined : reading;
	}

	private result(
		evidence: Evidence,
		sent: boolean,
		elapsedSeconds: number,
		reading: Reading | undefined,
	): DeviceAnswer {
		const { definition } = this.run.session;
		const result = {
			service: definition.service,
			deviceId: this.job.deviceId,
			deviceType: definition.deviceType,
			name: reading?.name ?? this.subject.name,
			command: this.job.command,
			evidence,
			sent,
			dryRun: this.job.options.dryRun,
			elapsedSeconds,
			apiCalls: this.meter.calls,
			status: reading === undefined ? null : { ...toLockStatus(reading, clock.now()) },
		};
		return { result };
	}

	private failed(facts: FailureFacts, evidence: Evidence): DeviceAnswer {
		const failure = {
			deviceId: this.job.deviceId,
			name: this.subject.name,
			failure: new Failure(facts),
			outcome: { command: this.job.command, evidence, sent: evidence !== 'none' },
		};
		return { failure };
	}
}

/** Sentences on what is open; what is not known does not count. */
function whatStandsOpen(reading: Reading): string[] {
	return judgeSecurity({
		...reading,
		lock: 'locked',
		doors: onlyOpen(reading.doors),
		windows: onlyOpen(reading.windows ?? {}),
		openings: onlyOpen(reading.openings),
	}).reasons;
}

function onlyOpen(parts: Parts): Parts {
	return Object.fromEntries(Object.entries(parts).filter(([, state]) => isOpenOrAjar(state)));
}
