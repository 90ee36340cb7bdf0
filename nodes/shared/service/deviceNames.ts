import type { INode } from 'n8n-workflow';

import { shownName, withDeviceName, type Failure } from '../model/failure';
import { clock } from '../basics/clock';
import { capitalized } from '../basics/sentences';
import { DAY_MS } from '../basics/times';
import type { LockService, ServiceDefinition } from './lockService';

/** Names of this process that any run has come across, by credential and device. */
const remembered = new Map<string, string>();
/** When a name was looked up in vain, likewise; Unix time in milliseconds. */
const lookedUp = new Map<string, number>();
const MOST_REMEMBERED = 10_000;

const MAX_LABEL_CHARACTERS = 100;
const SHORTEST_END = 4;

/**
 * What the devices of one run are called, as far as that is known without a call: as the service's answers have
 * called them, as the picker did when the device was chosen, or as an earlier run of this process came to know them.
 */
export class DeviceNames {
	/** Every device that this run is about; `null` while its name is not known. */
	private readonly ofRun = new Map<string, string | null>();
	private readonly account: string;

	/**
	 * @param node Whose credential decides which account is meant: names of one are not shown to another.
	 * @param service May know a name that came along with another answer.
	 */
	constructor(
		node: INode,
		private readonly definition: Pick<ServiceDefinition, 'credentialType' | 'deviceType'>,
		private readonly service: Pick<LockService, 'knownName'> = {},
	) {
		const { credentialType } = definition;
		this.account = `${credentialType}:${node.credentials?.[credentialType]?.id ?? ''}`;
	}

	/** @param name As an answer of the service gives it; a device without a name has its id in this place. */
	learn(deviceId: string, name: string | undefined): void {
		if (name === undefined || isSameId(name, deviceId)) {
			this.note(deviceId, null);
			return;
		}
		this.ofRun.set(keyOf(deviceId), name);
		remember(remembered, this.memoryKey(deviceId), name);
	}

	/** @param name An older one, as the picker or a trigger's state keeps it. */
	note(deviceId: string, name: string | null): void {
		const key = keyOf(deviceId);
		const isOnlyId = name === null || isSameId(name, deviceId);
		this.ofRun.set(key, this.ofRun.get(key) ?? (isOnlyId ? null : name));
	}

	/**
	 * Takes the name that another run of this process has learned. For outputs only where the name would otherwise be
	 * looked up, so that they are the same either way.
	 */
	recall(deviceId: string): void {
		this.note(deviceId, remembered.get(this.memoryKey(deviceId)) ?? null);
	}

	/** A name that was looked up in vain is worth one more call in a day. */
	mayLookUp(deviceId: string): boolean {
		const lastMs = lookedUp.get(this.memoryKey(deviceId));
		return lastMs === undefined || Math.abs(clock.now() - lastMs) >= DAY_MS;
	}

	/** Notes a look-up that has brought no name. */
	noteLookUp(deviceId: string): void {
		if (this.of(deviceId) === null) remember(lookedUp, this.memoryKey(deviceId), clock.now());
	}

	/** The name for an output, which must not depend on what has run before; `null` where none is known. */
	of(deviceId: string): string | null {
		return this.service.knownName?.(deviceId) ?? this.ofRun.get(keyOf(deviceId)) ?? null;
	}

	/** The name for a message to a person, from whatever this process knows. */
	forMessage(deviceId: string): string | null {
		return this.of(deviceId) ?? remembered.get(this.memoryKey(deviceId)) ?? null;
	}

	/** What messages call a device: its name, with the end of its id where others of this run have the same, or its id. */
	labelOf(deviceId: string): string {
		return this.labels()(deviceId);
	}

	/** {@link labelOf} for many devices, once all that this run is about are known. */
	labels(): (deviceId: string) => string {
		const idsByName = new Map<string, string[]>();
		for (const id of this.ofRun.keys()) {
			const name = this.forMessage(id);
			if (name === null) continue;
			const ids = idsByName.get(name);
			if (ids === undefined) idsByName.set(name, [id]);
			else ids.push(id);
		}
		return (deviceId) => {
			const name = this.forMessage(deviceId);
			if (name === null) return labelFor(deviceId);
			const namesakes = (idsByName.get(name) ?? []).filter((id) => id !== keyOf(deviceId));
			const label = labelFor(name);
			return namesakes.length === 0 ? label : `${label} (…${endOf(deviceId, namesakes)})`;
		};
	}

	/** The failure with the device in its message, unless it is about none. */
	named(failure: Failure, deviceId: string): Failure {
		const name = this.forMessage(deviceId);
		if (name !== null) return withDeviceName(failure, this.labelOf(deviceId), labelFor(name));
		const id = labelFor(deviceId);
		const subject = `${capitalized(this.definition.deviceType)} ${id}`;
		return withDeviceName(failure, id, id, subject);
	}

	private memoryKey(deviceId: string): string {
		return `${this.account}:${keyOf(deviceId)}`;
	}
}

/** Short enough for a message; of a VIN only the ends. */
function labelFor(nameOrId: string): string {
	return shownName(nameOrId).slice(0, MAX_LABEL_CHARACTERS);
}

/** Shorter than any id, and as long as it takes to tell it from the others. */
function endOf(deviceId: string, others: readonly string[]): string {
	for (let length = SHORTEST_END; length < deviceId.length; length++) {
		const end = deviceId.slice(-length);
		if (!others.some((other) => other.endsWith(keyOf(end)))) return end;
	}
	return deviceId;
}

/** A device may be named in capital letters here and in small ones there. */
function keyOf(deviceId: string): string {
	return deviceId.toLowerCase();
}

function isSameId(name: string, deviceId: string): boolean {
	return keyOf(name) === keyOf(deviceId);
}

function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
	memory.delete(key);
	memory.set(key, value);
	const [oldest] = memory.keys();
	if (memory.size > MOST_REMEMBERED && oldest !== undefined) memory.delete(oldest);
}

/** The name in an entry of the picker: `XC40 2023 (YV1…)` → `XC40 2023`. */
export function nameOfChoice(entry: string): string {
	return entry.replace(/ \([^()]*\)$/, '');
}
