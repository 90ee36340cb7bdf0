import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Command, CommandProgress } from '../model/evidence';
import type { Failure, FailureFacts } from '../model/failure';
import type { ServiceClient } from '../http/client';
import type { DeviceType, Reading } from '../model/lockStatus';
import type { Operation } from '../model/operation';
import type { CallMeter, RequestContext } from '../http/request';
import type { LoggedChange, LogMark } from '../model/lockLog';

/** A device as the service lists it. */
export interface ListedDevice {
	deviceId: string;
	name: string;
	/** What else came in the same answer, for `getMany`. */
	details: IDataObject;
	/** Its state, where the list tells it. */
	reading?: Reading;
	raw: unknown;
}

export interface SearchPage {
	results: Array<{ name: string; value: string }>;
	/** Hands the search on to the next page; absent on the last one. */
	paginationToken?: string;
}

/** What is to be read; a service whose answer holds all of it anyway may give more. */
export type WantedParts = 'lock' | 'windows' | 'lockAndWindows';

export interface ReadOptions {
	parts: WantedParts;
	/** Asks once and no more, until this Unix time in milliseconds. */
	onceBy?: number;
	/** A reading that lacks a part is better than none. */
	mayLack?: boolean;
}

export interface ReadLog {
	entries: LoggedChange[];
	mark: LogMark;
	/** Some were so close to each other that the service does not tell all of them. */
	hasGap: boolean;
}

/** The only face that a service shows: everything behind it knows its vendor's wire, nothing before it does. */
export interface LockService {
	readonly client: ServiceClient;

	/**
	 * Every device of the credential that can be locked, sorted by name. Names that cost a call for each
	 * device are looked up only `withNames`.
	 */
	list(meter: CallMeter, withNames: boolean): Promise<ListedDevice[]>;

	/** One page for the picker in the editor. */
	search(filter: string | undefined, paginationToken: string | undefined): Promise<SearchPage>;

	/** One reading for each id, or why there is none; in as few calls as the service allows. */
	read(
		deviceIds: readonly string[],
		meter: CallMeter,
		options: ReadOptions,
	): Promise<Map<string, Reading | Failure>>;

	/** Why this text cannot be an id of this service; keeps nonsense from being sent. */
	malformedId(deviceId: string): FailureFacts | undefined;

	/** Why a device that was just read cannot take this command. */
	cannotTake(command: Command, reading: Reading): FailureFacts | undefined;

	/** What a dry run asks besides, where that costs calls which a command does not need. */
	rehearse?(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		options: IDataObject,
	): Promise<FailureFacts | undefined>;

	/**
	 * Sends a command, once; `options` are the node's own. A returned {@link Failure} is the service's word that the command was not
	 * carried out; a thrown one means that there was no usable answer. A failure that the service reports without saying that the
	 * device did nothing is neither: it is progress with the evidence `unknown`.
	 * @param timeoutMs For the answer from the sending on, and for what has to be asked before it.
	 */
	send(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		timeoutMs: number,
		options: IDataObject,
	): Promise<CommandProgress | Failure>;

	/**
	 * Asks what became of a command whose progress said how; returns and throws as {@link LockService.send}
	 * does. A service whose commands leave no trace has none.
	 */
	followUp?(
		command: Command,
		token: string,
		meter: CallMeter,
		endsAtMs: number,
	): Promise<CommandProgress | Failure>;

	/**
	 * The name of a vehicle whose readings bring none; costs a call.
	 * @param onceBy Asks once and no more, until this Unix time in milliseconds.
	 * @throws Failure when it cannot be asked for.
	 */
	nameOf?(deviceId: string, meter: CallMeter, onceBy?: number): Promise<string | undefined>;

	/** The name of a device that came along with an answer of this run; asks nothing. */
	knownName?(deviceId: string): string | undefined;

	/**
	 * What a later run has to {@link LockService.recall} so that reading this device needs no look-up;
	 * a short text without secrets.
	 */
	memoOf?(deviceId: string): Promise<string | undefined>;
	recall?(deviceId: string, memo: string): void;

	/**
	 * The entries of the service's own log of lock events since `mark`, in the order in which they happened; without a
	 * mark none, but one to begin with.
	 * @param deviceIds Whose entries; `null` = of all devices.
	 */
	readLog?(
		mark: LogMark | undefined,
		deviceIds: readonly string[] | null,
		meter: CallMeter,
		withinMs: number,
	): Promise<ReadLog>;
}

export interface Pauses {
	first: number;
	growth: number;
	longest: number;
}

/** What the shared operations need to know of a service before it is opened. */
export interface ServiceDefinition {
	readonly service: string;
	/** As a person knows the service: `Seam`. */
	readonly label: string;
	readonly deviceType: DeviceType;
	readonly credentialType: string;
	readonly operations: readonly Operation[];
	/** Seconds that a command waits for its evidence unless the user says otherwise. */
	readonly defaultTimeoutSeconds: number;
	/** A reading costs nothing that is scarce, so commands read before and after. */
	readonly readingIsFree: boolean;
	/** A reading that is newer than a command proves it. Where readings carry no time, they prove nothing. */
	readonly readingsProve: boolean;
	/** What a result of a command holds besides, as long as the service has not told it. */
	readonly resultDefaults?: Partial<Record<Command, IDataObject>>;
	/**
	 * What a command that the service reports as done has brought about, where that is not simply the wanted state; goes
	 * on after the device's name.
	 */
	readonly doneInWords?: Partial<Record<Command, string>>;
	/** The pauses between questions about a command, in milliseconds. */
	readonly pauses: Pauses;
	/** @throws Failure `badRequest` when the parameters that choose version and credential make no sense. */
	checkAccess?(): void;
	/** @throws Failure `badRequest` when an option that only this service has makes no sense. */
	checkOptions?(options: IDataObject): void;
	/** Checks the credential and makes the service of one run. Sends nothing. */
	open(
		context: RequestContext,
		credentials: ICredentialDataDecryptedObject,
		maxWaitMs: number,
	): LockService;
}
