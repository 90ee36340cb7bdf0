import { mapBounded } from '../basics/concurrency';
import type { Command } from '../model/evidence';
import { Failure } from '../model/failure';
import type { Reading } from '../model/lockStatus';
import { comparableId } from '../model/vin';
import { failedItem, toItemAnswer, type DeviceAnswer, type ItemAnswer } from './answers';
import { sendCommandOnce } from './sendCommandOnce';
import type { CommandJob, CommandRun } from './commandJob';
import * as texts from './commandTexts';
import type { DevicePool } from './devicePool';
import type { ItemRequest } from './parameters';
import { sentKey } from './sentCommands';
import { noDevices } from '../service/deviceNotFound';
import { unlockPolicyFailureForAll } from '../service/unlockPolicy';

/** Number of devices that are commanded in parallel. */
const MAX_DEVICES_AT_ONCE = 5;

/**
 * Commands the devices of many input items. Different devices are commanded in parallel. Commands
 * to one device run in the order of the items.
 */
export async function commandItems(
	run: CommandRun,
	pool: DevicePool,
	command: Command,
	requests: readonly ItemRequest[],
): Promise<ItemAnswer[]> {
	const items: Array<{ itemIndex: number; jobs: CommandJob[] | Failure }> = [];
	for (const request of requests) {
		const jobs = await jobsOf(run, pool, command, request);
		items.push({ itemIndex: request.itemIndex, jobs });
	}

	const answers = new Map<CommandJob, DeviceAnswer>();
	const queues = byDevice(items.flatMap(({ jobs }) => (jobs instanceof Failure ? [] : jobs)));
	await mapBounded(queues, MAX_DEVICES_AT_ONCE, async (queue) => {
		for (const job of queue) answers.set(job, await sendCommandOnce(run, job));
	});

	return items.map(({ itemIndex, jobs }) =>
		jobs instanceof Failure
			? withoutList(run, command, itemIndex, jobs)
			: toItemAnswer(
					itemIndex,
					jobs.flatMap((job) => answers.get(job) ?? []),
				),
	);
}

/**
 * An item for all devices, when the list of devices fails. An earlier try may have sent commands.
 */
function withoutList(
	{ session, sent }: CommandRun,
	command: Command,
	itemIndex: number,
	failure: Failure,
): ItemAnswer {
	const outcome = sent.outcomeOf(command, itemIndex);
	const reported = outcome.sent
		? new Failure(texts.listWasLost(session.definition, failure.facts))
		: failure;
	return failedItem(itemIndex, reported, null, outcome);
}

async function jobsOf(
	{ session, caller }: CommandRun,
	pool: DevicePool,
	command: Command,
	request: ItemRequest,
): Promise<CommandJob[] | Failure> {
	const job = (deviceId: string, reading: Reading | Failure | undefined): CommandJob => ({
		key: sentKey(request.itemIndex, command, deviceId),
		command,
		deviceId,
		options: request.command,
		reading,
		readingCalls: pool.callsFor(deviceId),
	});
	if (request.deviceId !== null) return [job(request.deviceId, pool.reading(request.deviceId))];
	const refused = unlockPolicyFailureForAll(command, session.credentials, caller);
	if (refused !== undefined) return new Failure(refused);
	const devices = await pool.list();
	if (devices instanceof Failure) return devices;
	const { deviceType, label } = session.definition;
	if (devices.length === 0) return new Failure(noDevices(deviceType, label));
	await pool.learnNames();
	return devices.map(({ deviceId }) => job(deviceId, pool.reading(deviceId)));
}

function byDevice(jobs: readonly CommandJob[]): CommandJob[][] {
	const queues = new Map<string, CommandJob[]>();
	for (const job of jobs) {
		const device = comparableId(job.deviceId);
		const queue = queues.get(device);
		if (queue === undefined) queues.set(device, [job]);
		else queue.push(job);
	}
	return [...queues.values()];
}
