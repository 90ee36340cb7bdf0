import type { IDataObject } from 'n8n-workflow';

import { clock } from '../clock';
import { Failure } from '../failure';
import type { ListedDevice } from '../lockService';
import { toLockStatus, type Reading } from '../lockStatus';
import { failedItem, type ItemAnswer } from './answers';
import type { DevicePool } from './devicePool';
import type { ItemRequest } from './parameters';

/** One item a device, with what came in the list's own answer. */
export async function getMany(pool: DevicePool, request: ItemRequest): Promise<ItemAnswer> {
	return await ofEveryDevice(pool, ({ reading, details }) => ({
		...statusItem(reading, request),
		...details,
	}));
}

/** One lock status a device. */
export async function getLockStatus(pool: DevicePool, request: ItemRequest): Promise<ItemAnswer> {
	const { deviceId } = request;
	if (deviceId === null) {
		return await ofEveryDevice(pool, ({ reading }) => statusItem(reading, request));
	}
	const reading = pool.reading(deviceId);
	if (reading === undefined) throw new Error(`The device "${deviceId}" was not loaded`);
	if (reading instanceof Failure) return failedItem(reading, deviceId);
	return { results: [statusItem(reading, request)], failures: [] };
}

async function ofEveryDevice(
	pool: DevicePool,
	toItem: (device: ListedDevice) => IDataObject,
): Promise<ItemAnswer> {
	const devices = await pool.list();
	if (devices instanceof Failure) return failedItem(devices, null);
	return { results: devices.map(toItem), failures: [] };
}

function statusItem(reading: Reading, request: ItemRequest): IDataObject {
	return {
		...toLockStatus(reading, clock.now(), request.maxAgeMinutes),
		...(request.includeRaw ? { raw: reading.raw as IDataObject } : {}),
	};
}
