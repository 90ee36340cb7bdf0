import type { IDataObject } from 'n8n-workflow';

import { Failure } from '../model/failure';
import { noDevices } from '../service/deviceNotFound';
import type { ServiceDefinition } from '../service/lockService';
import { toLockStatus, toWindowStatus, type Reading, withName } from '../model/lockStatus';
import { nameInSentences } from '../model/statusText';
import { failedItem, toItemAnswer, type DeviceAnswer, type ItemAnswer } from './answers';
import { type DevicePool } from './devicePool';
import type { ItemRequest } from './parameters';

/** One item for each device, with the data from the list's own answer. */
export async function getMany(
	{ service, deviceType }: ServiceDefinition,
	pool: DevicePool,
	request: ItemRequest,
): Promise<ItemAnswer> {
	const devices = await pool.list(true);
	if (devices instanceof Failure) return failedItem(request.itemIndex, devices, null);
	const results = devices.map(({ deviceId, name, reading, details, raw }) => ({
		...(reading === undefined
			? { service, deviceId, deviceType, name }
			: statusOf(reading, request, pool.serviceClock.now())),
		...details,
		...rawOf(raw, request),
	}));
	return { itemIndex: request.itemIndex, results, failures: [] };
}

/** One lock status or window status for each device of the request. */
export async function getStatus(
	{ deviceType, label }: ServiceDefinition,
	pool: DevicePool,
	request: ItemRequest,
): Promise<ItemAnswer> {
	const { itemIndex } = request;
	if (request.deviceId !== null) {
		return toItemAnswer(itemIndex, [answerOf(pool, request.deviceId, request)]);
	}
	const devices = await pool.list();
	if (devices instanceof Failure) return failedItem(itemIndex, devices, null);
	if (devices.length === 0) {
		return failedItem(itemIndex, new Failure(noDevices(deviceType, label)), null);
	}
	const labelOf = pool.names.labels();
	return toItemAnswer(
		itemIndex,
		devices.map(({ deviceId }) => answerOf(pool, deviceId, request, labelOf(deviceId))),
	);
}

/** @param label The device's name in the sentence. It differs for devices with the same name. */
function answerOf(
	pool: DevicePool,
	deviceId: string,
	request: ItemRequest,
	label?: string,
): DeviceAnswer {
	const reading = pool.reading(deviceId);
	if (reading === undefined) throw new Error(`The device "${deviceId}" was not loaded`);
	if (reading instanceof Failure) return { failure: { deviceId, failure: reading } };
	const named = withName(reading, pool.names.of(deviceId));
	const inSentences = nameInSentences(named.name, deviceId, label);
	const status = statusFor({ ...named, name: inSentences }, request, pool.serviceClock.now());
	return { result: { ...status, name: named.name, ...rawOf(named.raw, request) } };
}

function statusFor(reading: Reading, request: ItemRequest, nowMs: number): IDataObject {
	return request.operation === 'getWindows'
		? { ...toWindowStatus(reading, nowMs, request.maxAgeMinutes) }
		: statusOf(reading, request, nowMs);
}

function statusOf(reading: Reading, request: ItemRequest, nowMs: number): IDataObject {
	return { ...toLockStatus(reading, nowMs, request.maxAgeMinutes, request.secureParts) };
}

function rawOf(raw: unknown, request: ItemRequest): IDataObject {
	return request.includeRaw ? { raw: raw as IDataObject } : {};
}
