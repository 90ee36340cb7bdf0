import type { IDataObject } from 'n8n-workflow';

import { clock } from '../basics/clock';
import { reaches, type CommandProgress, type Evidence } from '../model/evidence';
import { Failure, shownName, toFailure, type FailureFacts } from '../model/failure';
import type { LockService } from '../service/lockService';
import type { Reading } from '../model/lockStatus';
import { isOwnLimit } from '../http/requestFailures';
import { secondsIn } from '../basics/times';
import type { DeviceAnswer } from './answers';
import { awaitEvidence } from './awaitEvidence';
import { CommandInquiry } from './commandInquiry';
import type { CommandJob, CommandRun } from './commandJob';
import { commandResult } from './commandResult';
import * as texts from './commandTexts';
import { isAlreadyDone, obstacleTo } from './obstacles';
import type { SentCommand } from './sentCommands';
import { CallMeter } from '../http/request';

/** Share of a command's time that is reserved for reading the device if its answer is lost. */
const SHARE_FOR_READING = 0.2;
const LONGEST_FOR_READING_MS = 15_000;

/**
 * Carries out one command on one device: checks first, sends at most once, waits for the evidence.
 */
export async function sendCommandOnce(run: CommandRun, job: CommandJob): Promise<DeviceAnswer> {
	const task = new CommandTask(run, job);
	try {
		return await task.perform();
	} catch (thrown) {
		// an error here must not stop other devices from being locked
		return task.broken(toFailure(thrown));
	}
}

class CommandTask {
	private readonly meter: CallMeter;
	private readonly inquiry: CommandInquiry;
	private readonly service: LockService;
	private readonly reading: Reading | undefined;

	constructor(
		private readonly run: CommandRun,
		private readonly job: CommandJob,
	) {
		this.service = run.session.service;
		this.meter = new CallMeter({ calls: job.readingCalls });
		this.inquiry = new CommandInquiry(run, job, this.meter);
		this.reading =
			job.reading === undefined || job.reading instanceof Failure ? undefined : job.reading;
	}

	/** A getter, because the answer to the command may bring the device's name. */
	private get subject(): texts.CommandSubject {
		const { definition, names } = this.run.session;
		const { command, deviceId } = this.job;
		return {
			label: definition.label,
			deviceType: definition.deviceType,
			name: shownName(names.forMessage(deviceId) ?? deviceId),
			command,
		};
	}

	/** How long the command may take, counted from when it is sent. */
	private get timeMs(): number {
		return this.job.options.timeoutSeconds * 1000;
	}

	private deviceName(): string {
		const { deviceId } = this.job;
		return this.run.session.names.of(deviceId) ?? this.reading?.name ?? deviceId;
	}

	/** A label that differs even for devices with the same name. */
	private label(): string | undefined {
		const { names } = this.run.session;
		const { deviceId } = this.job;
		return names.of(deviceId) === null ? undefined : names.labelOf(deviceId);
	}

	async perform(): Promise<DeviceAnswer> {
		const earlier = this.run.sent.find(this.job.key);
		if (earlier !== undefined) return await this.resume(earlier);
		const obstacle = obstacleTo(this.run, this.job, this.subject);
		if (obstacle !== undefined) return this.failed(obstacle, 'none');
		if (this.job.options.dryRun) return await this.preflight();
		if (this.job.options.skipIfAlready && isAlreadyDone(this.run, this.job)) {
			return this.notSent('acknowledged');
		}
		return await this.sendOnce();
	}

	/**
	 * On n8n's Retry On Fail: an earlier try sent the command, so this one only checks the outcome.
	 */
	private async resume({ progress, sentAtMs }: SentCommand): Promise<DeviceAnswer> {
		const lost: CommandProgress = { evidence: 'unknown' };
		if (progress === undefined && !this.inquiry.canAsk(lost)) {
			return this.failed(texts.answerWasLost(this.subject), 'unknown');
		}
		return await this.conclude(progress ?? lost, sentAtMs, clock.now());
	}

	broken({ facts }: Failure): DeviceAnswer {
		return this.failed(facts, this.run.sent.find(this.job.key) === undefined ? 'none' : 'unknown');
	}

	private async sendOnce(): Promise<DeviceAnswer> {
		const { command, deviceId, key, options } = this.job;
		const beforeMs = clock.now();
		// a rate limit or a look-up may delay it, and a reading from before it was sent proves
		// nothing
		const sentAtMs = () => this.meter.lastSentAtMs ?? beforeMs;
		// noted before it is sent, so that a retry never sends it again after an interruption
		this.run.sent.note(key, { sentAtMs: beforeMs });
		const timeoutMs =
			this.timeMs - Math.min(this.timeMs * SHARE_FOR_READING, LONGEST_FOR_READING_MS);
		try {
			const answer = await this.service.send(command, deviceId, this.meter, timeoutMs, options.own);
			if (answer instanceof Failure) return this.refused(answer);
			this.run.sent.note(key, { sentAtMs: sentAtMs(), progress: answer });
			return await this.conclude(answer, sentAtMs(), sentAtMs());
		} catch (thrown) {
			return await this.withoutAnswer(toFailure(thrown), sentAtMs());
		}
	}

	/**
	 * No usable answer came. Either it is certain that nothing was done, or a reading has to show
	 * the outcome.
	 */
	private async withoutAnswer(failure: Failure, sentAtMs: number): Promise<DeviceAnswer> {
		const { facts } = failure;
		if (isOwnLimit(facts)) {
			const waitMs = (facts.retryAfterSeconds ?? 0) * 1000;
			return this.refused(new Failure(texts.commandLimitReached(this.subject, waitMs)));
		}
		if (facts.notExecuted) return this.refused(failure);
		const lost: CommandProgress = { evidence: 'unknown', unresolvedBecause: facts };
		if (this.inquiry.canAsk(lost)) return await this.conclude(lost, sentAtMs, sentAtMs);
		const after = await this.inquiry.readAfterwards(sentAtMs + this.timeMs);
		return this.failed(texts.outcomeUnknown(this.subject, facts, after), 'unknown');
	}

	private async conclude(
		start: CommandProgress,
		sentAtMs: number,
		waitFromMs: number,
	): Promise<DeviceAnswer> {
		const { key, options } = this.job;
		const { client } = this.run.session;
		const deadlineMs = waitFromMs + this.timeMs;
		const { progress, disturbance } = await awaitEvidence(start, {
			required: options.requiredEvidence,
			deadlineMs,
			pauses: this.run.session.definition.pauses,
			cancelSignal: client.cancelSignal,
			canAsk: (known) => this.inquiry.canAsk(known),
			ask: async (known, untilMs) => await this.inquiry.ask(known, sentAtMs, untilMs),
		});
		if (progress instanceof Failure) return this.refused(progress);
		this.run.sent.note(key, { sentAtMs, progress });
		const elapsedSeconds = secondsIn(clock.now() - sentAtMs);
		if (!reaches(progress.evidence, options.requiredEvidence)) {
			const canAsk = this.inquiry.canAsk(progress);
			const isOpen = progress.evidence === 'unknown';
			const facts = texts.shortfall(this.subject, progress, {
				isStopped: client.cancelSignal?.aborted === true,
				waitedSeconds: canAsk ? elapsedSeconds : undefined,
				disturbance: disturbance?.facts,
				// even a reading that proves nothing is shown to the user
				lastReading:
					isOpen && !canAsk
						? await this.inquiry.readAfterwards(deadlineMs)
						: this.inquiry.lastReading,
			});
			return this.failed(facts, progress.evidence);
		}
		return await this.result(progress, elapsedSeconds, deadlineMs);
	}

	private refused(failure: Failure): DeviceAnswer {
		this.run.sent.forget(this.job.key);
		return this.failed(failure.facts, 'none');
	}

	/** The result of a command that was sent. */
	private async result(
		progress: CommandProgress,
		elapsedSeconds: number,
		deadlineMs: number,
	): Promise<DeviceAnswer> {
		// while a command is pending, a reading shows no change yet
		const isSettled = progress.evidence !== 'sent';
		const after =
			isSettled && this.run.session.definition.readingIsFree
				? await this.inquiry.readAfterwards(deadlineMs)
				: this.inquiry.lastReading;
		return this.toResult(progress.evidence, true, elapsedSeconds, after, progress.details);
	}

	private async preflight(): Promise<DeviceAnswer> {
		const { command, deviceId, options } = this.job;
		const obstacle = await this.service.preflight?.(command, deviceId, this.meter, options.own);
		return obstacle === undefined ? this.notSent('none') : this.failed(obstacle, 'none');
	}

	private notSent(evidence: Evidence): DeviceAnswer {
		return this.toResult(evidence, false, 0, this.reading);
	}

	private toResult(
		evidence: Evidence,
		sent: boolean,
		elapsedSeconds: number,
		reading: Reading | undefined,
		details: IDataObject = {},
	): DeviceAnswer {
		const { job, meter } = this;
		const { definition, client } = this.run.session;
		const outcome = { evidence, sent, elapsedSeconds, apiCalls: meter.calls };
		const nowMs = client.serviceClock.now();
		const [name, label] = [this.deviceName(), this.label()];
		const result = commandResult(definition, job, name, label, outcome, reading, nowMs);
		return { result: { ...result, ...details } };
	}

	private failed(facts: FailureFacts, evidence: Evidence): DeviceAnswer {
		const failure = {
			deviceId: this.job.deviceId,
			failure: new Failure(facts),
			outcome: { command: this.job.command, evidence, sent: evidence !== 'none' },
		};
		return { failure };
	}
}
