import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ModuleKind, transpileModule } from 'typescript';

import { toIsoOrNull, toMsOrNull } from '../../../../nodes/shared/basics/times';

it("a service's time is written in ISO 8601", () => {
	expect(toIsoOrNull(Date.parse('2026-11-21T22:30:00Z'))).toBe('2026-11-21T22:30:00.000Z');
});

it.each([NaN, Infinity, 1.7e18, 1.7e15, -1.7e18, 0, -62135596800000])(
	'%p milliseconds are no time',
	(ms) => {
		expect(toIsoOrNull(ms)).toBeNull();
	},
);

describe('a time that is written down', () => {
	const UTC = Date.UTC(2026, 10, 21, 22, 30, 5, 120);

	it.each([
		'2026-11-21T22:30:05.120Z',
		'2026-11-21T22:30:05.120',
		'2026-11-21 22:30:05.120',
		' 2026-11-21T22:30:05.120456 ',
		'2026-11-22T00:30:05.120+02:00',
	])('%p is the same moment in any time zone of this computer', (text) => {
		expect(toMsOrNull(text)).toBe(UTC);
	});

	it('without a zone does not depend on the zone of this computer', () => {
		const file = path.resolve(__dirname, '../../../../nodes/shared/basics/times.ts');
		const compilerOptions = { module: ModuleKind.CommonJS };
		const { outputText } = transpileModule(readFileSync(file, 'utf8'), { compilerOptions });
		const program = `${outputText}; console.log(exports.toMsOrNull('2026-11-21T22:30:05.120'))`;
		const env = { ...process.env, TZ: 'Asia/Tokyo' };
		expect(Number(execFileSync(process.execPath, ['-e', program], { env }))).toBe(UTC);
	});

	it('without seconds is UTC as well', () => {
		expect(toMsOrNull('2026-11-21T22:30')).toBe(Date.UTC(2026, 10, 21, 22, 30));
	});

	it.each([
		'0001-01-01T00:00:00Z',
		'1969-12-31T23:59:59Z',
		'1970-01-01T00:00:00',
		'2262-04-11T23:47:16Z',
		'yesterday',
		'',
		'1'.repeat(65_536),
		null,
		1_795_000_000,
	])('%.30p is none', (value) => {
		expect(toMsOrNull(value)).toBeNull();
	});
});
