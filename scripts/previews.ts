import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { CODE_STATES } from '../nodes/Seam/codes/codeState';
import type { Operation } from '../nodes/shared/model/operation';

/**
 * The output previews that n8n's editor shows before a node has run: a JSON schema for each
 * operation, in `__schema__/v<version>/<resource>/<operation>.json` beside the compiled node. What
 * differs between services is in `previews.json` of each service.
 */

type Schema = Record<string, unknown>;

/** A service's `previews.json`. */
interface Service {
	resource: 'lock' | 'vehicle';
	/** The parts of `doors` that a device may have. Windows of vehicles have the same. */
	doors: string[];
	openings: string[];
	/** Windows may cost a call of their own, so a status may have none. */
	windowsMayBeNull?: boolean;
	/** The fields of an operation that other services do not have. */
	fields: Partial<Record<Operation, Schema>>;
	guestCodes?: true;
}

const VERSION = 1;

const TEXT = { type: 'string' };
const TEXTS = { type: 'array', items: TEXT };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const NUMBER_OR_NULL = { type: ['number', 'null'] };
const BOOLEAN = { type: 'boolean' };
const BOOLEAN_OR_NULL = { type: ['boolean', 'null'] };
const OPENNESS = ['open', 'ajar', 'closed', 'unknown'];

const IDENTITY = { service: TEXT, deviceId: TEXT, deviceType: TEXT, name: TEXT };
const AGE = { observedAt: TEXT_OR_NULL, ageSeconds: NUMBER_OR_NULL, stale: BOOLEAN };

/** Every schema of a service, by operation. */
export function previewsOf(service: Service): Partial<Record<Operation, Schema>> {
	const own = (operation: Operation) => service.fields[operation] ?? {};
	const status = statusOf(service);
	const command = (name: 'lock' | 'unlock') =>
		root({
			...IDENTITY,
			command: { type: 'string', enum: [name] },
			evidence: { type: 'string', enum: ['verified', 'acknowledged', 'sent', 'none'] },
			sent: BOOLEAN,
			dryRun: BOOLEAN,
			elapsedSeconds: { type: 'number' },
			apiCalls: { type: 'integer' },
			text: TEXT,
			status: { ...objectOf(status), type: ['object', 'null'] },
			...own(name),
		});
	const shared = {
		getLockStatus: root({ ...status, ...own('getLockStatus') }),
		lock: command('lock'),
		unlock: command('unlock'),
	};
	if (service.resource === 'lock') {
		return { ...shared, getMany: root({ ...status, ...own('getMany') }) };
	}
	return {
		...shared,
		getMany: root({ ...IDENTITY, ...own('getMany') }),
		getWindows: root({
			service: TEXT,
			deviceId: TEXT,
			name: TEXT,
			windows: parts(service.doors, []),
			sunroof: { type: ['string', 'null'], enum: [...OPENNESS, null] },
			allClosed: BOOLEAN_OR_NULL,
			open: TEXTS,
			text: TEXT,
			...AGE,
			...own('getWindows'),
		}),
	};
}

/** Every schema of guest codes, by operation. */
export function guestCodePreviews(): Record<string, Schema> {
	const code = {
		...IDENTITY,
		accessCodeId: TEXT_OR_NULL,
		bookingReference: TEXT_OR_NULL,
		guestName: TEXT_OR_NULL,
		codeName: TEXT_OR_NULL,
		state: { type: ['string', 'null'], enum: [...CODE_STATES, 'removed', null] },
		evidence: { type: 'string', enum: ['verified', 'acknowledged', 'sent', 'none'] },
		from: TEXT_OR_NULL,
		until: TEXT_OR_NULL,
		expectedAt: TEXT_OR_NULL,
		problems: {
			type: 'array',
			items: objectOf({
				code: TEXT,
				text: TEXT,
				seamKeepsTrying: BOOLEAN,
				personMustAct: BOOLEAN,
			}),
		},
		text: TEXT,
	};
	const written = (actions: string[]) =>
		root({ ...code, action: { type: 'string', enum: actions }, sent: BOOLEAN, dryRun: BOOLEAN });
	return {
		get: root(code),
		getMany: root(code),
		remove: written(['removed', 'alreadyGone', 'unchanged', 'none']),
		set: written(['created', 'updated', 'unchanged', 'none']),
	};
}

function statusOf({ resource, doors, openings, windowsMayBeNull }: Service): Schema {
	const isVehicle = resource === 'vehicle';
	const windows = isVehicle ? parts(doors, []) : { type: 'object' };
	return {
		...IDENTITY,
		lock: { type: 'string', enum: ['locked', 'unlocked', 'unknown'] },
		doors: isVehicle ? parts(doors, []) : parts(doors),
		windows: windowsMayBeNull ? { ...windows, type: ['object', 'null'] } : windows,
		openings: isVehicle ? parts(openings, []) : { type: 'object' },
		secure: BOOLEAN_OR_NULL,
		reasons: TEXTS,
		text: TEXT,
		online: BOOLEAN_OR_NULL,
		batteryLevel: NUMBER_OR_NULL,
		...AGE,
	};
}

function parts(names: readonly string[], required?: string[]): Schema {
	const openness = { type: 'string', enum: OPENNESS };
	const properties = Object.fromEntries(names.map((name) => [name, openness]));
	return { type: 'object', properties, ...(required === undefined ? {} : { required }) };
}

function objectOf(properties: Schema): Schema {
	return { type: 'object', properties, required: Object.keys(properties) };
}

function root(properties: Schema): Schema {
	return { ...objectOf(properties), version: VERSION };
}

/** The service's folder has its table. */
export function readService(folder: string): Service {
	return JSON.parse(readFileSync(path.join(folder, 'previews.json'), 'utf8')) as Service;
}

/** Writes the previews of every service below `nodes` into `target`. */
export function writePreviews(nodes: string, target: string): void {
	for (const name of readdirSync(nodes)) {
		const table = path.join(nodes, name, 'previews.json');
		if (!existsSync(table)) continue;
		const service = readService(path.join(nodes, name));
		const folder = path.join(target, name, '__schema__', `v${VERSION}.0.0`);
		writeSchemas(path.join(folder, service.resource), previewsOf(service));
		if (service.guestCodes) writeSchemas(path.join(folder, 'guestCode'), guestCodePreviews());
	}
}

function writeSchemas(folder: string, schemas: Record<string, Schema>): void {
	mkdirSync(folder, { recursive: true });
	for (const [operation, schema] of Object.entries(schemas)) {
		const text = `${JSON.stringify(schema)}\n`;
		writeFileSync(path.join(folder, `${operation}.json`), text);
	}
}
