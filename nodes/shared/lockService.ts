import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Command, CommandProgress } from './evidence';
import type { Failure, FailureFacts } from './failure';
import type { CallMeter, RequestContext, ServiceClient } from './http';
import type { DeviceType, Reading, ServiceName } from './lockStatus';
import type { RateWindow } from './rateWindow';

/** A device as `getMany` shows it: its reading, and what else came in the same answer. */
export interface ListedDevice {
	reading: Reading;
	details: IDataObject;
}

export interface SearchPage {
	results: Array<{ name: string; value: string }>;
	/** Hands the search on to the next page; absent on the last one. */
	paginationToken?: string;
}

/** How long a request may take when it is asked once and no more. */
export interface OneTry {
	timeoutMs: number;
}

/** The only face that a service shows: everything behind it knows its vendor's wire, nothing before it does. */
export interface LockService {
	readonly client: ServiceClient;

	/** Every device of the credential that can be locked, sorted by name. */
	list(meter: CallMeter): Promise<ListedDevice[]>;

	/** One page for the picker in the editor. */
	search(filter: string | undefined, paginationToken: string | undefined): Promise<SearchPage>;

	/** One reading for each id, or why there is none; in as few calls as the service allows. */
	read(
		deviceIds: readonly string[],
		meter: CallMeter,
		oneTry?: OneTry,
	): Promise<Map<string, Reading | Failure>>;

	/** Why this text cannot be an id of this service; keeps nonsense from being sent. */
	malformedId(deviceId: string): FailureFacts | undefined;

	/** Why a device that was just read cannot take this command. */
	cannotTake(command: Command, reading: Reading): FailureFacts | undefined;

	/**
	 * Sends a command, once. A returned {@link Failure} is the service's word that the command was not
	 * carried out; a thrown one means that there was no usable answer.
	 */
	send(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		timeoutMs: number,
	): Promise<CommandProgress | Failure>;

	/** Asks what became of a command; returns and throws as {@link LockService.send} does. */
	followUp(
		command: Command,
		token: string,
		meter: CallMeter,
		timeoutMs: number,
	): Promise<CommandProgress | Failure>;

	/** The published limit that a command to this device counts against. */
	commandWindow(command: Command, deviceId: string): RateWindow;
}

/** What the shared operations need to know of a service before it is opened. */
export interface ServiceDefinition {
	readonly service: ServiceName;
	/** As a person knows the service: `Seam`. */
	readonly label: string;
	readonly deviceType: DeviceType;
	readonly credentialType: string;
	/** Seconds that a command waits for its evidence unless the user says otherwise. */
	readonly defaultTimeoutSeconds: number;
	/** Checks the credential and makes the service of one run. Sends nothing. */
	open(
		context: RequestContext,
		credentials: ICredentialDataDecryptedObject,
		maxWaitMs: number,
	): LockService;
}
