import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	badRequest,
	booleanParameter,
	numberParameter,
	optionParameter,
	optionsParameter,
	wordsParameter,
	evaluateParameter,
} from '../n8n/parameterValues';
import { REQUIRED_EVIDENCE, type RequiredEvidence } from '../model/evidence';
import type { ServiceDefinition, WantedParts } from '../service/lockService';
import type { Operation } from '../model/operation';
import { simpleFieldsOf } from '../model/outputFields';
import { SECURE_PARTS, type SecurePart } from '../model/reading';
import { recordOf, textOf } from '../basics/guards';
import { nameOfChoice } from '../service/deviceNames';
import { isAiTool } from '../service/caller';

/** How long a run waits for rate limits and retries by default, in seconds. */
const DEFAULT_MAX_WAIT_SECONDS = 120;
/** The age in minutes from which `skipIfAlready` no longer trusts a reading. */
const DEFAULT_FRESH_MINUTES = 5;

/** The checked parameters of one input item. */
export interface ItemRequest {
	itemIndex: number;
	operation: Operation;
	/** `null` = all devices of the credential. */
	deviceId: string | null;
	includeRaw: boolean;
	parts: WantedParts;
	/** The parts that count for a vehicle's `secure`. */
	secureParts: readonly SecurePart[];
	maxAgeMinutes: number;
	maxWaitSeconds: number;
	/** Whether all devices go into one summary. Applies only to readings of all devices. */
	outputAs: OutputAs;
	/** The fields of an output item. `null` = all. */
	fields: readonly string[] | null;
	command: CommandOptions;
}

const OUTPUT_AS = ['items', 'summary'] as const;
type OutputAs = (typeof OUTPUT_AS)[number];

const OUTPUTS = ['simplified', 'raw', 'selectedFields'] as const;

export interface CommandOptions {
	requiredEvidence: RequiredEvidence;
	timeoutSeconds: number;
	dryRun: boolean;
	skipIfAlready: boolean;
	/** An older reading does not count as "already". */
	freshMinutes: number;
	checkOpenings: boolean;
	/** All options unchanged, for those that only one service has. */
	own: IDataObject;
}

/**
 * Reads and checks the parameters of one input item.
 * @throws Failure `badRequest` that names the parameter and its allowed values.
 */
export function readRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	definition: ServiceDefinition,
): ItemRequest {
	const operation = optionParameter(
		'Operation',
		parameter(context, 'operation', itemIndex, ''),
		definition.operations,
	);
	const options = optionsOf(parameter(context, 'options', itemIndex, {}));
	definition.checkOptions?.(options);
	const secureParts = optionsParameter('Parts That Count', options.secureParts, SECURE_PARTS);
	return {
		itemIndex,
		operation,
		deviceId: operation === 'getMany' ? null : readDevice(context, itemIndex, definition),
		includeRaw: booleanParameter('Include Raw Answer', options.includeRaw),
		parts: wantedParts(operation, secureParts),
		secureParts,
		maxAgeMinutes: numberParameter('Max Age (Minutes)', options.maxAgeMinutes, 0, 0),
		maxWaitSeconds: maxWaitSecondsIn(options),
		outputAs: optionParameter('Output As', options.outputAs ?? 'items', OUTPUT_AS),
		fields: readFields(context, itemIndex, simpleFieldsOf(operation)),
		command: {
			requiredEvidence: optionParameter(
				'Required Evidence',
				options.requiredEvidence ?? 'acknowledged',
				REQUIRED_EVIDENCE,
			),
			timeoutSeconds: numberParameter(
				'Timeout (Seconds)',
				options.timeoutSeconds,
				definition.defaultTimeoutSeconds,
				1,
			),
			dryRun: booleanParameter('Dry Run', options.dryRun),
			skipIfAlready: booleanParameter('Skip If Already', options.skipIfAlready),
			freshMinutes: numberParameter(
				'Max Age (Minutes)',
				options.maxAgeMinutes,
				DEFAULT_FRESH_MINUTES,
				0,
			),
			checkOpenings: booleanParameter('Check Openings', options.checkOpenings),
			own: options,
		},
	};
}

/** How long a run may wait for limits and repeated readings. */
export function maxWaitSecondsIn({ maxWaitSeconds }: IDataObject): number {
	return numberParameter('Max Wait (Seconds)', maxWaitSeconds, DEFAULT_MAX_WAIT_SECONDS, 0);
}

/**
 * The fields of an output item; `null` = all. AI tools have their own field for this, with another
 * default.
 * @param simple Those of a simplified item.
 */
export function readFields(
	context: IExecuteFunctions,
	itemIndex: number,
	simple: readonly string[],
): readonly string[] | null {
	if (!isAiTool(context.getNode().type)) {
		const simplify = parameter(context, 'simplify', itemIndex, false);
		return booleanParameter('Simplify', simplify) ? simple : null;
	}
	const output = optionParameter(
		'Output',
		parameter(context, 'output', itemIndex, 'simplified'),
		OUTPUTS,
	);
	if (output !== 'selectedFields') return output === 'raw' ? null : simple;
	const fields = wordsParameter('Fields', parameter(context, 'fields', itemIndex, simple));
	if (fields.length > 0) return fields;
	throw badRequest("No field is chosen in 'Fields'", "Choose some, or set 'Output' to 'Raw'");
}

/** The device of a request with invalid parameters, if it names one. */
export function namedDevice(
	context: IExecuteFunctions,
	itemIndex: number,
	definition: ServiceDefinition,
): string | null {
	try {
		const isAsked = parameter(context, 'operation', itemIndex, '') !== 'getMany';
		return isAsked ? readDevice(context, itemIndex, definition) : null;
	} catch {
		return null;
	}
}

function readDevice(
	context: IExecuteFunctions,
	itemIndex: number,
	{ deviceType }: ServiceDefinition,
): string | null {
	const target = optionParameter('Target', parameter(context, 'target', itemIndex, 'single'), [
		'single',
		'all',
	] as const);
	if (target === 'all') return null;
	const value = parameter(context, 'deviceId', itemIndex, '', true);
	const deviceId = typeof value === 'string' || typeof value === 'number' ? `${value}`.trim() : '';
	if (deviceId !== '') return deviceId;
	// an expression over a missing field gives nothing, which must never mean "all"
	throw badRequest(
		`No ${deviceType} is chosen`,
		`Choose one from the list, or give its ID; to take all of them set 'Target'`,
	);
}

/** The name that the editor stores with a picked device, if one was picked. */
export function pickedName(context: IExecuteFunctions): string | null {
	// the saved value: evaluating its expression again for each item would cost as much as the rest
	const locator = recordOf(context.getNode().parameters.deviceId);
	if (locator.mode !== 'list') return null;
	// the name is from before an expression replaced the choice
	if (textOf(locator.value)?.startsWith('=')) return null;
	const entry = textOf(locator.cachedResultName);
	return entry === undefined ? null : nameOfChoice(entry);
}

/** Windows may cost an extra call, so they are read only if they count. */
function wantedParts(operation: Operation, secureParts: readonly SecurePart[]): WantedParts {
	if (operation === 'getWindows') return 'windows';
	const needsWindows = secureParts.includes('windows') || secureParts.includes('sunroof');
	return operation === 'getLockStatus' && needsWindows ? 'lockAndWindows' : 'lock';
}

/** The value of a parameter for an item. Throws as {@link evaluateParameter} does. */
export function parameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	fallback: unknown,
	extractValue = false,
): unknown {
	return evaluateParameter(name, () =>
		context.getNodeParameter(name, itemIndex, fallback, { extractValue }),
	);
}

export function optionsOf(value: unknown): IDataObject {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as IDataObject;
	}
	throw badRequest("'Options' is not an object", 'Check its expression');
}
