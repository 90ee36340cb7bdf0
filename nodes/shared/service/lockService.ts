import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Command, CommandProgress } from '../model/evidence';
import type { Failure, FailureFacts } from '../model/failure';
import type { ServiceClient } from '../http/client';
import type { DeviceType, Reading } from '../model/lockStatus';
import type { Operation } from '../model/operation';
import type { CallMeter, ClientOptions, TryLimits } from '../http/request';
import type { LockLog } from './lockLog';

/** A device as the service lists it. */
export interface ListedDevice {
	deviceId: string;
	name: string;
	/** Other fields from the same answer, for `getMany`. */
	details: IDataObject;
	/** Its state, if the list contains it. */
	reading?: Reading;
	raw: unknown;
}

export interface SearchPage {
	results: Array<{ name: string; value: string }>;
	/** Cursor for the next page; absent on the last one. */
	paginationToken?: string;
}

/** What to read. A service whose answer contains all of it anyway may return more. */
export type WantedParts = 'lock' | 'windows' | 'lockAndWindows';

export interface ReadOptions extends TryLimits {
	parts: WantedParts;
	/** An incomplete reading is better than none. */
	allowPartial?: boolean;
}

/** The interface of a service. Only the code behind it knows the vendor's API. */
export interface LockService {
	/**
	 * Every device of the credential that can be locked, sorted by name. Names that cost a call per
	 * device are looked up only `withNames`.
	 */
	list(meter: CallMeter, withNames: boolean): Promise<ListedDevice[]>;

	/** One page for the picker in the editor. */
	search(filter: string | undefined, paginationToken: string | undefined): Promise<SearchPage>;

	/** A reading for each id, or why there is none, in as few calls as the service allows. */
	read(
		deviceIds: readonly string[],
		meter: CallMeter,
		options: ReadOptions,
	): Promise<Map<string, Reading | Failure>>;

	/** Why this text cannot be an id of this service. Prevents pointless requests. */
	idProblem(deviceId: string): FailureFacts | undefined;

	/** Why a device that was just read cannot take this command. */
	capabilityProblem(command: Command, reading: Reading): FailureFacts | undefined;

	/** Extra checks of a dry run, if they cost calls that a command does not need. */
	preflight?(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		options: IDataObject,
	): Promise<FailureFacts | undefined>;

	/**
	 * Sends a command once; `options` are the node's own. A returned {@link Failure} means that the
	 * service did not carry the command out. A thrown one means that there was no usable answer. If
	 * the service reports a failure but not that the device did nothing, the result is progress with
	 * the evidence `unknown`.
	 * @param timeoutMs From sending to the answer, including requests needed before it.
	 */
	send(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		timeoutMs: number,
		options: IDataObject,
	): Promise<CommandProgress | Failure>;

	/**
	 * Checks the outcome of a command whose progress has a `followUp`. Returns and throws like {@link
	 * LockService.send}. Absent if the service keeps no record of commands.
	 */
	followUp?(
		command: Command,
		deviceId: string,
		token: string,
		meter: CallMeter,
		deadlineMs: number,
	): Promise<CommandProgress | Failure>;

	/**
	 * The name of a vehicle whose readings bring none; costs a call.
	 * @throws Failure when it cannot be asked for.
	 */
	nameOf?(deviceId: string, meter: CallMeter, limits?: TryLimits): Promise<string | undefined>;

	/** The name of a device from an answer of this run. Makes no request. */
	knownName?(deviceId: string): string | undefined;

	/**
	 * A short text without secrets that a later run passes to {@link LockService.importLookup}, so
	 * that reading this device needs no look-up.
	 */
	exportLookup?(deviceId: string): Promise<string | undefined>;
	importLookup?(deviceId: string, memo: string): void;

	/** Absent if the service keeps no log of lock events. Triggers then compare readings. */
	readonly log?: LockLog;
}

export interface Pauses {
	first: number;
	growth: number;
	longest: number;
}

/** What the client needs to know of a service. The rest is the same for all of them. */
export interface Connection extends Omit<
	ClientOptions,
	'credentialType' | 'label' | 'maxWaitMs' | 'origin' | 'secrets'
> {
	/** `https://host`, if the credential names no other one. */
	productionOrigin: string;
}

/** What the shared operations need to know about a service before it is opened. */
export interface ServiceDefinition {
	readonly service: string;
	/** The service's display name: `Seam`. */
	readonly label: string;
	readonly deviceType: DeviceType;
	readonly credentialType: string;
	readonly operations: readonly Operation[];
	/** Default seconds that a command waits for its evidence. */
	readonly defaultTimeoutSeconds: number;
	/** Reads use up no scarce quota, so commands read before and after. */
	readonly readingIsFree: boolean;
	/** A reading newer than a command proves it. Without times, readings prove nothing. */
	readonly readingsProve: boolean;
	/**
	 * Readings have no time, but show the state at that moment. So one that shows the wanted state
	 * acknowledges a command whose outcome the service does not report.
	 */
	readonly readingsAreCurrent?: boolean;
	/** Extra fields of a command result, until the service reports them. */
	readonly resultDefaults?: Partial<Record<Command, IDataObject>>;
	/**
	 * What a command that the service reports as done has brought about, where that is not simply the
	 * wanted state; goes on after the device's name.
	 */
	readonly doneInWords?: Partial<Record<Command, string>>;
	/** The pauses between questions about a command, in milliseconds. */
	readonly pauses: Pauses;
	/** @throws Failure `badRequest` when the parameters for version and credential are invalid. */
	checkAccess?(): void;
	/** @throws Failure `badRequest` when a service-specific option is invalid. */
	checkOptions?(options: IDataObject): void;
	/**
	 * Checks the credential, and says how the service is reached with it.
	 * @throws Failure when the service cannot be asked with this credential.
	 */
	connect(credentials: ICredentialDataDecryptedObject): Connection;
	/** The service of one run. Sends nothing. */
	create(client: ServiceClient, credentials: ICredentialDataDecryptedObject): LockService;
}
