import type { IDataObject } from 'n8n-workflow';

import type { DeviceType } from '../../nodes/shared/model/lockStatus';
import type { Run } from './engine';
import type { FailureKind } from './failureKinds';
import type { Bench } from './faultMatrix';
import type { ScriptedAnswer } from './scriptedServer';

/** What the tests that cover all services need to know about one of them. */
export interface TestedService {
	/** Below `nodes`. */
	folder: string;
	/** A device of the simulator. Every operation succeeds on it. */
	deviceId: string;
	/** The simulator, with n8n's engine and a credential that is ready. */
	start(): Promise<{
		run(parameters: IDataObject): Promise<Run>;
		close(): Promise<void>;
	}>;
	/** Its interfaces, one a version of the API, by the name that tables show. */
	apis: Record<string, TestedApi>;
}

/** The requests and answers of one interface, named as in `ScriptedServer`. */
export interface TestedApi {
	/** The name of the node's type. That of the trigger ends with `Trigger`. */
	node: string;
	deviceType: DeviceType;
	/** A newer reading proves a command, as in the service's definition. */
	readingsProve: boolean;
	/** Of the node, without the operation. */
	parameters: IDataObject;
	/** By type, without the host. */
	credentials: Record<string, IDataObject>;
	/** The request that Get Lock Status makes. */
	reading: string;
	/** The request that Lock makes. */
	command: string;
	/** The request that lists devices, and its answers of an account without any and with one. */
	list: {
		request: string;
		empty: object;
		full: object;
		/** The list has the state of each device. */
		hasStates?: true;
	};
	/** The device's name, if the list or a reading has it. */
	name?: string;
	/** The request that looks the name of a device up, if neither the list nor a reading has it. */
	details?: { request: string; answer: object; name: string };
	/** Answers of the service's log, if it has one. */
	log?: Record<string, ScriptedAnswer>;
	/** Answers to everything. The device is unlocked and accepts commands. */
	usual: Record<string, ScriptedAnswer>;
	/** Where n8n gets a token. */
	token?: string;
	/** n8n gets a token before the first request, and not only after a 401. */
	beginsWithNewToken?: true;
	/** What must never appear in an output. */
	secrets: string[];
	/** The header with the service's id of a request, if it has one. */
	requestIdHeader?: string;
	/** The simulator in the fault matrix. */
	bench?: () => Promise<Bench>;
	/** The ways in which a request about a device fails, besides those of every service. */
	failures: FailureKind[];
}
