import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { inHours, setting } from '../../../support/guestCodes';
import { Engine } from '../../../support/engine';
import { CONTINUE } from '../../../support/rig';
import { ScriptedServer, type ScriptedAnswer } from '../../../support/scriptedServer';
import { VirtualClock } from '../../../support/virtualClock';

/**
 * PINs that cannot be mistaken for anything else, in every field of Seam's answers that may hold
 * one. Source: OpenAPI of Seam, schemas `access_code`, `event` and `action_attempt`.
 */
const PINS = ['70907090', '80618061', '51925192', '63746374'] as const;
const [PIN, OLD_PIN, FOREIGN_PIN, ATTEMPT_PIN] = PINS;

const trouble = (field: 'error_code' | 'warning_code', code: string) => ({
	[field]: code,
	message: `The code ${PIN} is not on the lock, which has ${OLD_PIN}`,
	is_access_code_error: true,
	change_type: 'modified',
	modified_fields: [{ field: 'code', from: OLD_PIN, to: PIN }],
	created_at: inHours(-1),
});
const CODE = {
	access_code_id: 'c1000000-0000-4000-8000-000000000001',
	device_id: FRONT_DOOR,
	name: '[B-1] Ann',
	code: PIN,
	common_code_key: 'n8n:B-1',
	status: 'set',
	type: 'time_bound',
	starts_at: inHours(-1),
	ends_at: inHours(24),
	created_at: inHours(-2),
	errors: [] as unknown[],
	warnings: [trouble('warning_code', `failed ${PIN}`), trouble('warning_code', 'pin_is_70907090')],
	pending_mutations: [
		{ mutation_code: 'updating_code', from: { code: OLD_PIN }, to: { code: PIN } },
		{ mutation_code: `creating ${PIN}` },
	],
	is_managed: true,
};
const FOREIGN = {
	...CODE,
	access_code_id: 'c2000000-0000-4000-8000-000000000002',
	name: 'Cleaning',
	common_code_key: null,
	code: FOREIGN_PIN,
	errors: [trouble('error_code', 'failed_to_set_on_device'), trouble('error_code', `x ${PIN}`)],
};
const LOCK = {
	device_id: FRONT_DOOR,
	device_type: 'august_lock',
	display_name: 'Front door',
	can_program_online_access_codes: true,
	can_unlock_with_code: true,
	properties: {
		online: true,
		locked: true,
		supported_code_lengths: [4, 5, 6, 7, 8],
		max_active_codes_supported: 50,
	},
	errors: [{ error_code: 'x', message: `The code ${PIN} is broken` }],
	warnings: [],
};
const ATTEMPT = {
	action_attempt_id: 'a1',
	action_type: 'UPDATE_ACCESS_CODE',
	status: 'success',
	result: { access_code: { ...CODE, code: ATTEMPT_PIN } },
};
const EVENT = {
	event_id: 'e1',
	event_type: 'access_code.deleted',
	access_code_id: CODE.access_code_id,
	device_id: FRONT_DOOR,
	code: PIN,
	description: `${PIN} was deleted`,
	created_at: inHours(-1),
};
const conflict: ScriptedAnswer = {
	status: 409,
	headers: { 'seam-request-id': 'r1' },
	body: {
		error: {
			type: `duplicate_access_code ${PIN}`,
			message: `Code ${PIN} is already used by "Cleaning" from ${inHours(-1)}`,
			data: { code: PIN },
			validation_errors: { code: [PIN] },
		},
	},
};
const usual = (codes: unknown[]) => ({
	'POST /devices/get': { body: { device: LOCK } },
	'POST /devices/list': { body: { devices: [LOCK], pagination: { has_next_page: false } } },
	'POST /access_codes/list': { body: { access_codes: codes } },
	'POST /access_codes/get': { body: { access_code: CODE } },
	'POST /access_codes/create': { body: { access_code: CODE, action_attempt: ATTEMPT } },
	'POST /access_codes/update': { body: { action_attempt: ATTEMPT } },
	'POST /access_codes/delete': { body: { action_attempt: ATTEMPT } },
	'POST /events/list': { body: { events: [EVENT] } },
});

let server: ScriptedServer;
let time: VirtualClock;
let engine: Engine;
const log: string[] = [];

beforeAll(async () => {
	server = await new ScriptedServer().start();
	time = new VirtualClock();
	const seamApi = {
		apiKey: 'seam_key_of_the_test_0123456789',
		environment: 'custom',
		host: server.url,
	};
	engine = await Engine.start({ seamApi });
	for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
		jest.spyOn(console, level).mockImplementation((...texts) => void log.push(texts.join(' ')));
	}
});
afterAll(async () => {
	jest.restoreAllMocks();
	time.restore();
	await server.close();
});

/** Everything that n8n stores of a run but the parameters, with what was logged. */
async function everythingOf(parameters: IDataObject, isContinued: boolean): Promise<string> {
	log.length = 0;
	const node = engine.node('seam', parameters, isContinued ? CONTINUE : {});
	const run = await engine.runNode(node);
	const { resultData, executionData } = run.data;
	const { message, description, stack } = (resultData.error ?? {}) as unknown as Record<
		string,
		unknown
	>;
	const error = { ...resultData.error, node: undefined, message, description, stack };
	const ofNodes = Object.values(resultData.runData).flat();
	const contexts = executionData?.contextData;
	return JSON.stringify([
		ofNodes.map((task) => ({ ...task, error: { ...task.error, node: undefined } })),
		error,
		contexts,
		log,
	]);
}

const OPERATIONS: Record<string, IDataObject> = {
	set: setting('B-1'),
	'set, with a PIN': setting('B-1', { pin: OLD_PIN }),
	'set, another booking': setting('B-2', { options: { waitSeconds: 20 } }),
	'set, longer': setting('B-1', { until: inHours(48) }),
	'set, dry run': setting('B-1', { until: inHours(48), options: { dryRun: true } }),
	get: { ...setting('B-1'), operation: 'get' },
	'get, by its ID': {
		resource: 'guestCode',
		operation: 'get',
		codeBy: 'accessCodeId',
		accessCodeId: CODE.access_code_id,
	},
	getMany: { resource: 'guestCode', operation: 'getMany' },
	remove: { ...setting('B-1'), operation: 'remove' },
	'remove, by its ID': {
		resource: 'guestCode',
		operation: 'remove',
		codeBy: 'accessCodeId',
		accessCodeId: CODE.access_code_id,
	},
};

const failing = (path: string, answer: ScriptedAnswer) => ({ [`POST ${path}`]: answer });
const PAGE = { status: 502, body: `<html>{"code":"${PIN}"} pin=${PIN} ${PIN}</html>` };
const CUT = { body: `{"access_code":{"code":"${PIN}","name":"[B-1` };
const PATHS = ['create', 'update', 'delete', 'get', 'list'].map((word) => `/access_codes/${word}`);
const SITUATIONS: Array<[string, object]> = [
	['everything works', {}],
	...PATHS.flatMap((path): Array<[string, object]> => [
		[`a conflict at ${path}`, failing(path, conflict)],
		[`a proxy's page at ${path}`, failing(path, PAGE)],
		[`a cut answer at ${path}`, failing(path, CUT)],
	]),
	[
		'the code is failing',
		failing('/access_codes/list', {
			body: { access_codes: [{ ...FOREIGN, common_code_key: 'n8n:B-1' }] },
		}),
	],
	[
		'two codes',
		failing('/access_codes/list', {
			body: { access_codes: [CODE, { ...FOREIGN, common_code_key: 'n8n:B-1' }] },
		}),
	],
	[
		'the code is unknown',
		failing('/access_codes/get', {
			status: 404,
			body: { error: { type: 'access_code_not_found', message: `No ${PIN}` } },
		}),
	],
	[
		'no lock',
		failing('/devices/get', {
			status: 404,
			body: { error: { type: 'device_not_found', message: PIN } },
		}),
	],
];

describe.each(SITUATIONS)('when %s, no PIN is in an output, an error or the log', (_, answers) => {
	it.each(Object.entries(OPERATIONS))('of %s', async (_name, parameters) => {
		server.answers = { ...usual([CODE, FOREIGN]), ...answers };
		for (const isContinued of [true, false]) {
			const everything = await everythingOf(parameters, isContinued);
			for (const pin of PINS) expect(everything).not.toContain(pin);
		}
	});
});

it.each(['set', 'get'])(
	'the PIN of %s stands in the field pin, and nowhere else',
	async (operation) => {
		server.answers = usual([CODE, FOREIGN]);
		const parameters = { ...setting('B-1', { options: { includePin: true } }), operation };
		const everything = await everythingOf(parameters, true);
		expect(everything.split(PIN)).toHaveLength(2);
		expect(everything).toContain(`"pin":"${PIN}"`);
		for (const pin of [OLD_PIN, FOREIGN_PIN, ATTEMPT_PIN]) expect(everything).not.toContain(pin);
	},
);
