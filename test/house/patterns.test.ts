import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import { MEGABYTE, tooLong } from '../support/processorTime';

/**
 * n8n runs everything in one thread. A pattern with quadratic time blocks every workflow when a
 * service, or an impostor, sends a long answer. So each pattern of the published code is listed
 * here with its worst-case input: texts that are repeated up to a megabyte, between an optional
 * start and end.
 */
type Worst = string | [begin: string, unit: string, end: string];

const VIN_LIKE = 'ABCDEFGH1234567';
const WORST: Record<string, Worst[]> = {
	[String.raw`/ \([^()]*\)$/`]: [' (', ['', ' (', 'x'], [' (', 'a', '']],
	[String.raw`/(?:\b(\d{1,3})\.)?\b(\d{1,3}):(\d{2}):(\d{2})\b/`]: ['1', '1.1:11:', '1 ', '11:11:'],
	[String.raw`/(?:key|token|secret|password|pin)$/i`]: ['key', 'pi', 'passwor', 'secretsecre'],
	[String.raw`/([a-z])([A-Z])/g`]: ['aA', 'a', 'A'],
	[String.raw`/\b([A-HJ-NPR-Z0-9]{3})[A-HJ-NPR-Z0-9]{10}([A-HJ-NPR-Z0-9]{4})\b/gi`]: [
		'A',
		`${VIN_LIKE} `,
		`${VIN_LIKE}12 `,
		`${VIN_LIKE}12-`,
	],
	[String.raw`/\b(code|events?)\\?["']\s*:/`]: [
		['"code"', ' ', ''],
		'code"  ',
		'events\\"',
		'event',
	],
	[String.raw`/\.\d{3}(\d{1,3})/`]: ['.', '.12', ['.', '1', ''], '.12.1'],
	[String.raw`/(?<!\.)\.+$/`]: ['x', ['', '.', 'x'], '..x'],
	[String.raw`/\.$/`]: ['.', ['', '.', 'x']],
	[String.raw`/\s+/g`]: [' ', ' word', ['x', ' ', 'x']],
	[String.raw`/^[\w-]{1,100}$/`]: ['a', ['a', ' ', '']],
	[String.raw`/^[\w.~+/=-]{1,256}$/`]: ['a', ['a', ' ', '']],
	[String.raw`/^[/!?]?[a-z][\w:.-]{0,50}|^[/!?]/i`]: ['a', '/', '!a'],
	[String.raw`/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i`]: ['a', ['12345678', '-1234', '']],
	[String.raw`/^[A-HJ-NPR-Z0-9]{17}$/i`]: ['A', 'I'],
	[String.raw`/^[A-Z][A-Z0-9_]+$/`]: ['A', ['', 'A', ' ']],
	[String.raw`/^\d+(\.\d+)?$/`]: ['1', ['', '1', '.'], ['1.', '1', 'x']],
	[String.raw`/^[\w.-]{1,40}$/`]: ['a', ['a', ' ', '']],
	[String.raw`/^\s*\[([\w.-]{1,40})\]/`]: [' ', '[a', ' [', ['', ' ', '[a']],
	[String.raw`/\[([\w.-]{1,40})\]/g`]: ['[', '[a', '[a]', ['[', 'a', '']],
	[String.raw`/\[([\w.-]{1,40})$/`]: ['[', '[a', ['[', 'a', ' ']],
	'/[089]/': ['1', '1a'],
	'/[0789]/': ['1', '1a'],
	[String.raw`/, (\d+)$/`]: [', 1', ', ', [', ', '1', 'x']],
	[String.raw`/^\d{4,12}$/`]: ['1', ['', '1', 'x']],
	[String.raw`/^\d{12,14}$/`]: ['1', ['', '1', 'x']],
	[String.raw`/^\d{4}-\d\d-\d\d$/`]: ['2026-12-24', ['2026-12-2', '4', '']],
	[String.raw`/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?(Z|[+-]\d\d(?::?\d\d)?)?$/i`]:
		['2026-12-24T15:00', ['2026-12-24T15:00:00.', '1', 'x'], ['2026-12-24T15:00', ' ', '']],
	[String.raw`/^\d+$/`]: ['1', ['', '1', 'x']],
	[String.raw`/^Bearer /`]: ['Bearer ', 'B'],
	[String.raw`/^(it|the|all) /`]: ['it ', 'al', 'the'],
	[String.raw`/^(?=(localhost|127\.[\d.]+|\[::1\])(:\d+)?\/?$)/i`]: [
		['127.', '1', 'x'],
		['127.', '.', ':'],
		['localhost:', '1', 'x'],
	],
	[String.raw`/^(?![a-z][a-z\d+.-]*:\/\/)(?=[^/]*[.:])/i`]: ['a', ['a', '-', ':'], 'a:', '-'],
	[String.raw`/\/$/`]: ['/', ['', '/', 'x']],
	[String.raw`/^https?:\/\/[^/\\@?#\s]{1,260}$/i`]: ['http://', ['https://', 'a', '/']],
	[String.raw`/^row3/`]: ['row3', 'r'],
	[String.raw`/((?:key|token|secret|password|pin)\\*["']?\s*[:=]\s*)("[^"\\]*(?:\\.[^"\\]*)*"|[\w.+-]+(?=[\s,;&}\]]|$)|[^]*)/gi`]:
		[
			'key',
			'key\\',
			['key', '\\', ''],
			['key', ' ', ''],
			['key:', ' ', ''],
			['key="', 'a', ''],
			['key="', '\\"', ''],
			['key=', 'a', '/'],
			'key=/key=',
			'key  ',
			'pin:"',
		],
	'/allowed markets/i': ['allowed market', 'a'],
	'/call volume quota/i': ['call volume quot', 'c'],
	[String.raw`/\bin (\d{1,9}) seconds/`]: [['in ', '1', ''], 'in 1', 'in 1 second ', 'in '],
	[String.raw`/^(.+)@(\d{1,9})$/`]: ['a', '@', '@1', ['a@', '1', 'x']],
	[String.raw`/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/i`]: [
		'2026-11-21T22:30',
		['2026-11-21T22:30:05.', '1', 'x'],
	],
	'/not supported/i': ['not supporte', 'n'],
	[String.raw`/[\s_-]+/g`]: [' ', ['x', '_', 'x'], ['x', '-', 'x']],
	'/charg|fuel|tank|plug/i': ['char', 'fue', 'tan', 'plu'],
	'/window/i': ['windo', 'w'],
	'/roof/i': ['roo', 'r'],
	'/door/i': ['doo', 'd'],
	'/lid|gate|hood|bonnet|trunk|boot/i': ['li', 'gat', 'bonne', 'trun'],
	[String.raw`/^[a-z][\w -]{0,39}$/i`]: ['a', 'a '],
	[String.raw`/^[a-z][a-z_]{0,79}$/`]: ['a', ['a', ' ', '']],
	'/ open$/': [' open', ' ope'],
	'/ ?(door|window)s?$/': [' door', 'windows ', ' '],
	'/in use or asleep/i': ['in use or aslee', 'in use or '],
	[String.raw`/OAuth2|access token|HTTP status \d|failed with status code \d|Unsupported content type/`]:
		['OAuth', 'access toke', 'HTTP status ', 'failed with status code ', 'Unsupported content typ'],
	'/relationship/i': ['relationshi', 'r'],
	[String.raw`/\b(read|write) E(HOST|NET)UNREACH/`]: ['read ', 'write EHOST', 'read ENETUNREAC'],
	'/restricted IP|request was blocked/i': ['restricted I', 'request was blocke', 'r'],
	[String.raw`/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/i`]: [
		'1',
		['2026-11-21T10:10:10.', '1', ''],
		['2026-11-21T10:10:10.', '1', 'x'],
	],
	'/time_?out/i': ['time_ou', 'time'],
	'/TIMEOUT|EXPIRED/': ['TIMEOU', 'EXPIRE'],
	'/VCC-API-KEY/i': ['VCC-API-KE', 'V'],
};

const ROOT = path.resolve(__dirname, '../..');

interface Found {
	file: string;
	literals: string[];
	/** Patterns that are assembled at run time, which cannot be looked up here. */
	made: string[];
}

function patternsOf(file: string): Found {
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	const found: Found = { file, literals: [], made: [] };
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) found.literals.push(node.text);
		const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
		if (isCall && node.expression.getText() === 'RegExp') found.made.push(node.getText());
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
	return found;
}

const files = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => patternsOf(path.posix.join(folder, name.split(path.sep).join('/')))),
);

function textOf(worst: Worst): string {
	const [begin, unit, end] = typeof worst === 'string' ? ['', worst, ''] : worst;
	return begin + unit.repeat(Math.ceil(MEGABYTE / unit.length)) + end;
}

it('every pattern of the published code is listed in this table', () => {
	const unknown = files.flatMap(({ file, literals }) =>
		literals.filter((text) => !Object.hasOwn(WORST, text)).map((text) => `${file}: ${text}`),
	);
	expect(unknown).toEqual([]);
	const used = new Set(files.flatMap(({ literals }) => literals));
	expect(Object.keys(WORST).filter((text) => !used.has(text))).toEqual([]);
	expect(files.flatMap(({ literals }) => literals).length).toBeGreaterThan(20);
});

it('no pattern is built at run time', () => {
	expect(files.flatMap(({ file, made }) => made.map((text) => `${file}: ${text}`))).toEqual([]);
});

it.each(Object.entries(WORST))('%s reads a megabyte of its worst in no time', (text, worst) => {
	const end = text.lastIndexOf('/');
	const pattern = new RegExp(text.slice(1, end), text.slice(end + 1));
	const slow = worst.filter((each) => {
		const input = textOf(each);
		return tooLong(() => input.replace(pattern, '')) !== undefined;
	});
	expect(slow).toEqual([]);
});
