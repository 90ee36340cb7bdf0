import { mapBounded } from '../concurrency';
import type { Command } from '../evidence';
import { Failure } from '../failure';
import type { Reading } from '../lockStatus';
import { failedItem, toItemAnswer, type DeviceAnswer, type ItemAnswer } from './answers';
import { commandDevice } from './commandDevice';
import type { CommandJob, CommandRun } from './commandJob';
import type { DevicePool } from './devicePool';
import type { ItemRequest } from './parameters';

/** Devices that are commanded at the same time. */
const MAX_DEVICES_AT_ONCE = 5;

/**
 * Commands the devices of many input items. Commands to different devices go out side by side, those
 * to one device one after the other in the order of the items.
 */
export async function commandItems(
	run: CommandRun,
	pool: DevicePool,
	command: Command,
	requests: readonly ItemRequest[],
): Promise<ItemAnswer[]> {
	const jobsOfItems: Array<CommandJob[] | Failure> = [];
	for (const request of requests) jobsOfItems.push(await jobsOf(pool, command, request));

	const answers = new Map<CommandJob, DeviceAnswer>();
	const queues = byDevice(jobsOfItems.flatMap((jobs) => (jobs instanceof Failure ? [] : jobs)));
	await mapBounded(queues, MAX_DEVICES_AT_ONCE, async (queue) => {
		for (const job of queue) answers.set(job, await commandDevice(run, job));
	});

	return jobsOfItems.map((jobs) =>
		jobs instanceof Failure
			? failedItem(jobs, null, { command, evidence: 'none', sent: false })
			: toItemAnswer(jobs.map((job) => answers.get(job)!)),
	);
}

async function jobsOf(
	pool: DevicePool,
	command: Command,
	request: ItemRequest,
): Promise<CommandJob[] | Failure> {
	const job = (
		deviceId: string,
		reading: Reading | Failure | undefined,
		name: string | null,
	): CommandJob => ({
		key: `${request.itemIndex}:${command}:${deviceId}`,
		command,
		deviceId,
		name,
		options: request.command,
		reading,
		readingCalls: pool.meter.calls,
	});
	if (request.deviceId !== null) {
		return [job(request.deviceId, pool.reading(request.deviceId), request.pickedName)];
	}
	const devices = await pool.list();
	if (devices instanceof Failure) return devices;
	return devices.map(({ deviceId, name }) => job(deviceId, pool.reading(deviceId), name));
}

function byDevice(jobs: readonly CommandJob[]): CommandJob[][] {
	const queues = new Map<string, CommandJob[]>();
	for (const job of jobs) {
		const queue = queues.get(job.deviceId);
		if (queue === undefined) queues.set(job.deviceId, [job]);
		else queue.push(job);
	}
	return [...queues.values()];
}
