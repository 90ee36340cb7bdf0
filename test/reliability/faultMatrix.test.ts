import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Scenario } from '../support/faultMatrix';
import { MEASURED, runMatrix, toMarkdown, type Cell } from '../support/reliabilityTable';
import { SCRIPTED_APIS } from '../support/services';

// every command on every service and version; some get no answer for a real second

let cells: Cell[];

beforeAll(async () => {
	cells = await runMatrix();
});

const of = (...scenarios: Scenario[]) =>
	cells.flatMap(({ scenario, outcome, ...rest }) =>
		outcome !== undefined && scenarios.includes(scenario)
			? [{ ...rest, scenario, ...outcome }]
			: [],
	);

it('no command is sent twice, except after a rejection because its token had expired', () => {
	for (const { api, scenario, outcome } of cells) {
		const mayResend = scenario === '401' && SCRIPTED_APIS[api].token !== undefined;
		expect([api, scenario, outcome?.commands ?? 1]).toEqual([api, scenario, mayResend ? 2 : 1]);
	}
});

it('nothing secret is in an output or in the data of an execution', () => {
	for (const { outcome, secrets } of cells) {
		for (const secret of secrets) expect(outcome?.everything ?? '').not.toContain(secret);
	}
});

it("n8n's advice to retry a 503 does not appear", () => {
	for (const { everything } of of('503')) expect(everything).not.toMatch(/retry automatically/);
});

it('a device that proves by readings is never verified if its service lies, even if verified is required', () => {
	const proving = of('the service lies', 'the service lies, Verified required').filter(
		({ api }) => SCRIPTED_APIS[api].readingsProve,
	);
	expect(proving.length).toBeGreaterThanOrEqual(16);
	for (const { api, scenario, text } of proving) {
		const outcome = scenario === 'the service lies' ? /^(?!verified)/ : /^notConfirmed/;
		expect([api, scenario, text]).toEqual([api, scenario, expect.stringMatching(outcome)]);
	}
});

it('a success that comes late is verified where nothing less is enough', () => {
	const late = of('late success, Verified required');
	expect(late.length).toBeGreaterThanOrEqual(10);
	for (const { api, text } of late) expect([api, text]).toEqual([api, 'verified']);
});

it('a refusal is reported as nothing done', () => {
	const refused = of('refused', 'asleep', 'offline', '401', '403', 'quota used up', '429').filter(
		({ scenario, bench }) => scenario !== 'offline' || !bench.mayActWhenOffline,
	);
	expect(refused.length).toBeGreaterThan(50);
	for (const { api, scenario, text } of refused) {
		expect([api, scenario, text]).toEqual([api, scenario, expect.stringMatching(/\(none\)$/)]);
	}
});

it('a command that was accepted and then reported as failed may have been done, and a reading of a car can show it', () => {
	const failed = of('taken, then reported as failed');
	expect(failed.length).toBeGreaterThanOrEqual(8);
	for (const { api, text } of failed) expect([api, text]).toEqual([api, 'rejected (unknown)']);
	for (const { api, text } of of('offline').filter(({ bench }) => bench.mayActWhenOffline)) {
		expect([api, text]).toEqual([api, 'offline (unknown)']);
	}
	const done = of('carried out, but reported as failed');
	expect(done.length).toBeGreaterThanOrEqual(8);
	for (const { api, text } of done) {
		const { readingsProve } = SCRIPTED_APIS[api];
		const outcome = readingsProve ? /^(acknowledged|verified)$/ : /^rejected \(unknown\)$/;
		expect([api, text]).toEqual([api, expect.stringMatching(outcome)]);
	}
});

it('a lost answer is never reported as nothing done', () => {
	const lost = of(
		'500',
		'502',
		'503',
		'504',
		'no answer at all',
		'connection drops before it is read',
		'connection drops after it was carried out',
		'answer cut short',
		'answer is a web page',
		'answer after the time-out',
	);
	// ten faults of two commands
	expect(lost).toHaveLength(20 * MEASURED.length);
	for (const { api, scenario, text } of lost) {
		expect([api, scenario, text]).not.toEqual([api, scenario, expect.stringMatching(/none/)]);
	}
});

it('docs/reliability.md contains the results', () => {
	const file = path.resolve(__dirname, '../../docs/reliability.md');
	expect(readFileSync(file, 'utf8')).toContain(toMarkdown(cells));
});
