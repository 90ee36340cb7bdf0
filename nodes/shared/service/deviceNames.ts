import type { INode } from 'n8n-workflow';

import { shownName, withDeviceName, type Failure } from '../model/failure';
import { clock } from '../basics/clock';
import { capitalized } from '../basics/sentences';
import { DAY_MS } from '../basics/times';
import type { LockService, ServiceDefinition } from './lockService';

/** Names that any run of this process has learned, by credential and device. */
const remembered = new Map<string, string>();
/** When a look-up last found no name, by the same key. Unix time in milliseconds. */
const lookedUp = new Map<string, number>();
const MOST_REMEMBERED = 10_000;

const MAX_LABEL_CHARACTERS = 100;
const SHORTEST_END = 4;

/**
 * The names of one run's devices, as far as they are known without a call. They come from the
 * service's answers, from the picker, or from an earlier run of this process.
 */
export class DeviceNames {
	/** Every device of this run. `null` while its name is unknown. */
	private readonly ofRun = new Map<string, string | null>();
	private readonly account: string;

	/**
	 * @param node Its credential identifies the account. Names of one account are not shown to
	 * another.
	 * @param service May know a name that came with another answer.
	 */
	constructor(
		node: INode,
		private readonly definition: Pick<ServiceDefinition, 'credentialType' | 'deviceType'>,
		private readonly service: Pick<LockService, 'knownName'> = {},
	) {
		const { credentialType } = definition;
		this.account = `${credentialType}:${node.credentials?.[credentialType]?.id ?? ''}`;
	}

	/**
	 * @param name The name in the service's answer. For a device without a name, this is its id.
	 */
	learn(deviceId: string, name: string | undefined): void {
		if (name === undefined || isSameId(name, deviceId)) {
			this.note(deviceId, null);
			return;
		}
		this.ofRun.set(keyOf(deviceId), name);
		remember(remembered, this.memoryKey(deviceId), name);
	}

	/** @param name An older name, from the picker or a trigger's state. */
	note(deviceId: string, name: string | null): void {
		const key = keyOf(deviceId);
		const isOnlyId = name === null || isSameId(name, deviceId);
		this.ofRun.set(key, this.ofRun.get(key) ?? (isOnlyId ? null : name));
	}

	/**
	 * Takes a name from another run of this process. For outputs, use it only where the name would
	 * otherwise be looked up. So outputs are the same either way.
	 */
	recall(deviceId: string): void {
		this.note(deviceId, remembered.get(this.memoryKey(deviceId)) ?? null);
	}

	/** A look-up that found no name is repeated at most once a day. */
	mayLookUp(deviceId: string): boolean {
		const lastMs = lookedUp.get(this.memoryKey(deviceId));
		return lastMs === undefined || Math.abs(clock.now() - lastMs) >= DAY_MS;
	}

	/** Notes a look-up that found no name. */
	noteLookUp(deviceId: string): void {
		if (this.of(deviceId) === null) remember(lookedUp, this.memoryKey(deviceId), clock.now());
	}

	/** The name for an output. It must not depend on earlier runs. `null` if unknown. */
	of(deviceId: string): string | null {
		return this.service.knownName?.(deviceId) ?? this.ofRun.get(keyOf(deviceId)) ?? null;
	}

	/** The name for a message to a person, from anything this process knows. */
	forMessage(deviceId: string): string | null {
		return this.of(deviceId) ?? remembered.get(this.memoryKey(deviceId)) ?? null;
	}

	/**
	 * The label of a device in messages: its name, or its id if it has none. If other devices of
	 * this run have the same name, the end of the id is added.
	 */
	labelOf(deviceId: string): string {
		return this.labels()(deviceId);
	}

	/** {@link labelOf} for many devices. Call it once all devices of the run are known. */
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

	/** The failure with the device in its message, unless it is not about a device. */
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

/** Short enough for a message. A VIN is reduced to its ends. */
function labelFor(nameOrId: string): string {
	return shownName(nameOrId).slice(0, MAX_LABEL_CHARACTERS);
}

/** The shortest end of the id that differs from all others. */
function endOf(deviceId: string, others: readonly string[]): string {
	for (let length = SHORTEST_END; length < deviceId.length; length++) {
		const end = deviceId.slice(-length);
		if (!others.some((other) => other.endsWith(keyOf(end)))) return end;
	}
	return deviceId;
}

/** An id may be written in upper or lower case. */
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

/** The name in a picker entry: `XC40 2023 (YV1…)` → `XC40 2023`. */
export function nameOfChoice(entry: string): string {
	return entry.replace(/ \([^()]*\)$/, '');
}
