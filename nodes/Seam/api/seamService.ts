import type { Command, CommandProgress } from '../../shared/model/evidence';
import { Failure, shownName, type FailureFacts } from '../../shared/model/failure';
import type { ServiceClient } from '../../shared/http/client';
import type { LockLog } from '../../shared/service/lockLog';
import type { LockService, ReadOptions } from '../../shared/service/lockService';
import type { Reading } from '../../shared/model/lockStatus';
import { recordOf } from '../../shared/basics/guards';
import { shortened } from '../../shared/basics/sentences';
import { LimitsOfLocks } from './limitsOfLocks';
import { parseActionAttempt, progressOf } from './seamCommand';
import { parseSeamDevice } from './seamDevice';
import { SeamDirectory } from './seamDirectory';
import { requestIdOf, seamFailure } from './seamFailures';
import { isSeamId } from './seamId';
import { seamLog } from './seamLog';
import { problemForPerson } from './seamProblems';
import type { CallMeter, WireRequest } from '../../shared/http/request';

/** Docs, "Rate limits and guardrails": per lock, counted separately for lock and unlock. */
const COMMANDS_A_MINUTE = 15;
/** Of Seam's sentences about problems of a lock. */
const MAX_WORDS_CHARACTERS = 300;

/** Seam's HTTP API, where every call is a POST with a JSON body. */
export class SeamService implements LockService {
	readonly log: LockLog;
	private readonly directory: SeamDirectory;
	private readonly limits = new LimitsOfLocks();

	constructor(private readonly client: ServiceClient) {
		this.directory = new SeamDirectory(client);
		this.log = seamLog(client);
	}

	async list(meter: CallMeter) {
		return await this.directory.list(meter);
	}

	async search(filter: string | undefined, paginationToken: string | undefined) {
		return await this.directory.search(filter, paginationToken);
	}

	async read(deviceIds: readonly string[], meter: CallMeter, options: ReadOptions) {
		return await this.directory.read(deviceIds, meter, options);
	}

	knownName(deviceId: string): string | undefined {
		return this.directory.nameOf(deviceId);
	}

	idProblem(deviceId: string): FailureFacts | undefined {
		if (isSeamId(deviceId)) return undefined;
		return {
			reason: 'badRequest',
			what: `"${shownName(deviceId).slice(0, 100)}" is not the ID of a lock in Seam`,
			userAction:
				'Choose the lock from the list, or copy its device ID (like 11111111-1111-4111-8111-111111111111) from the Seam Console',
			notExecuted: true,
		};
	}

	capabilityProblem(command: Command, reading: Reading): FailureFacts | undefined {
		const device = parseSeamDevice(reading.raw);
		const isAble = command === 'lock' ? device?.can_remotely_lock : device?.can_remotely_unlock;
		if (device === undefined || isAble === true) return undefined;
		const said = shortened(device.errors.join('; ').replace(/\.$/, ''), MAX_WORDS_CHARACTERS);
		const problem = problemForPerson(device.errorCodes);
		if (problem !== undefined) {
			return {
				...problem,
				what: `"${reading.name}" cannot ${command} remotely: ${problem.what}`,
				detail: `Seam says: ${said}`,
				notExecuted: true,
			};
		}
		if (isAble === undefined) {
			return {
				reason: 'notSupported',
				what: `"${reading.name}" cannot ${command} remotely`,
				userAction: 'Choose a lock that Seam can control, or connect this model to its bridge',
				notExecuted: true,
			};
		}
		return {
			reason: 'offline',
			what: `"${reading.name}" cannot ${command} remotely at the moment${said && `: ${said}`}`,
			userAction: 'Check its battery, bridge and network; the Seam Console shows its state',
			notExecuted: true,
		};
	}

	async send(command: Command, deviceId: string, meter: CallMeter, timeoutMs: number) {
		const path = command === 'lock' ? '/locks/lock_door' : '/locks/unlock_door';
		const limit = this.limits.of(command, deviceId, COMMANDS_A_MINUTE);
		return await this.ask({ path, body: { device_id: deviceId }, timeoutMs, limit }, meter);
	}

	async followUp(
		_command: Command,
		_deviceId: string,
		token: string,
		meter: CallMeter,
		deadlineMs: number,
	) {
		const body = { action_attempt_id: token };
		return await this.ask({ path: '/action_attempts/get', body, deadlineMs }, meter);
	}

	/** Both calls about a command return its action attempt. */
	private async ask(
		request: Omit<WireRequest, 'method' | 'retry'>,
		meter: CallMeter,
	): Promise<CommandProgress> {
		const answer = await this.client.send({ ...request, method: 'POST', retry: false }, meter);
		const attempt = parseActionAttempt(recordOf(answer.json).action_attempt);
		if (answer.status === 200 && attempt !== undefined) {
			return progressOf(attempt, requestIdOf(answer));
		}
		const facts = seamFailure(answer);
		// the only command limit that Seam publishes is the one per lock
		const isOfLock = facts.reason === 'rateLimited' && request.limit !== undefined;
		throw new Failure(isOfLock ? { ...facts, ofOneDevice: true } : facts);
	}
}
