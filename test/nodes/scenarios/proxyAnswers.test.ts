import { API_VERSIONS } from '../../support/faultMatrix';
import { expectNoSecret } from '../../support/answerTable';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedAnswer } from '../../support/scriptedServer';

const PAGE =
	'<!doctype html><html><head><style>p{}</style></head><body><p>Sign in to the hotel</p>';
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 1024 * 1024;
const LONG = 'Error '.repeat(MEGABYTE / 6);

/** Answers of a proxy, a sign-in page or a broken gateway in place of the service. */
const PROXY_ANSWERS: Array<[string, ScriptedAnswer]> = [
	['a web page with status 200', { headers: HTML, body: PAGE }],
	['a web page with status 502', { status: 502, headers: HTML, body: PAGE }],
	['nothing with status 200', { body: '' }],
	['JSON that is cut short', { headers: JSON_TYPE, body: '{"data":{"centralLock":{"val' }],
	['a list where an object belongs', { body: [{ isLocked: true }, 'LOCKED'] }],
	['a list with status 500', { status: 500, body: ['broken'] }],
	['a bare word of JSON', { headers: JSON_TYPE, body: 'null' }],
	['a megabyte of text', { headers: { 'content-type': 'text/plain' }, body: LONG }],
	['a megabyte of text with status 503', { status: 503, body: LONG }],
	['a megabyte of JSON that means nothing', { body: [LONG] }],
	[
		'a megabyte of words in the envelope of Seam and Volvo',
		{ status: 500, body: { error: { type: LONG, message: LONG, description: LONG } } },
	],
	[
		"a megabyte of words in Smartcar's envelope",
		{ status: 500, body: { type: 'SERVER', code: 'INTERNAL', description: LONG, requestId: LONG } },
	],
];

/** The longest text that a person reads at once, with room for a message's two sentences. */
const LEGIBLE = 500;

describe.each(API_VERSIONS)('%s', (name) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	it.each(PROXY_ANSWERS)(
		'a reading that fails with %s has a readable message',
		async (_, answer) => {
			const { item, error, everything } = await rig.read(answer);
			expect(['upstream', 'unknown']).toContain(error.reason);
			expect(item.message).toMatch(/^[A-Z][^<>{}]+\. [A-Z][^<>{}]+$/);
			expect(JSON.stringify(item).length).toBeLessThan(3 * LEGIBLE);
			expect((item.message as string).length).toBeLessThan(LEGIBLE);
			expectNoSecret(rig, everything);
		},
	);

	it.each(PROXY_ANSWERS)(
		'a command that fails with %s has an unknown outcome',
		async (_, answer) => {
			const { item, error, commands, everything } = await rig.lock(answer);
			expect(error).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
			expect(['upstream', 'unknown']).toContain(error.reason);
			expect((item.message as string).length).toBeLessThan(LEGIBLE);
			expect(commands).toBe(1);
			expectNoSecret(rig, everything);
		},
	);

	it.each(PROXY_ANSWERS)('with On Error = Stop %s results in a short error', async (_, answer) => {
		const { run } = await rig.read(answer, {});
		const { message, description } = run.data.resultData.error!;
		expect(message.length).toBeLessThan(LEGIBLE);
		expect(description!.length).toBeLessThan(2 * LEGIBLE);
		expect(description).not.toMatch(/[<>]/);
	});
});
