import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Debian keeps PostgreSQL's own programs off PATH. */
const POSTGRES_HOME = '/usr/lib/postgresql';

const NEEDED = ['redis-server', 'initdb', 'postgres'] as const;

function folders(): string[] {
	const versions = existsSync(POSTGRES_HOME) ? readdirSync(POSTGRES_HOME) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return [
		...(process.env.PATH ?? '').split(path.delimiter),
		...newestFirst.map((version) => path.join(POSTGRES_HOME, version, 'bin')),
	];
}

const find = (name: string): string | undefined =>
	folders()
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));

/** Where Redis and PostgreSQL are on this machine. Throws a sentence that says what to install. */
export function findPrograms(): Record<(typeof NEEDED)[number], string> {
	const found = NEEDED.map((name) => [name, find(name)] as const);
	const missing = found.filter(([, file]) => file === undefined).map(([name]) => name);
	if (missing.length > 0) {
		throw new Error(
			`Queue mode needs Redis and PostgreSQL, and ${missing.join(', ')} cannot be found: install them (Debian: apt-get install redis-server postgresql), then run the command again.`,
		);
	}
	return Object.fromEntries(found) as ReturnType<typeof findPrograms>;
}
