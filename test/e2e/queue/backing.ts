import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import execa from 'execa';
import { freePort, LOOPBACK } from '../host/ports';
import { startDaemon, type Daemon } from './daemon';
import { findPrograms } from './programs';

/** What n8n's processes share: the queue in Redis and the database in PostgreSQL. */
export interface Backing {
	/** What every process of this n8n has to be told. */
	env: Record<string, string>;
	close(): Promise<void>;
}

type Programs = ReturnType<typeof findPrograms>;
type Person = { uid?: number; gid?: number };

const INIT_MS = 60_000;
const USER = 'n8n';
/** Every new PostgreSQL has it. */
const DATABASE = 'postgres';

const idOf = async (flag: '-u' | '-g', name: string): Promise<number | undefined> => {
	const { exitCode, stdout } = await execa('id', [flag, name], { reject: false });
	return exitCode === 0 ? Number(stdout) : undefined;
};

/** PostgreSQL refuses to be run by root. */
async function someoneButRoot(): Promise<Person> {
	if (process.getuid?.() !== 0) return {};
	for (const name of ['postgres', 'nobody']) {
		const [uid, gid] = [await idOf('-u', name), await idOf('-g', name)];
		if (uid !== undefined && gid !== undefined) return { uid, gid };
	}
	throw new Error('PostgreSQL refuses to be run by root, and there is no user postgres or nobody');
}

async function startPostgres({ initdb, postgres }: Programs, folder: string): Promise<Daemon> {
	const person = await someoneButRoot();
	const rig = path.join(folder, 'postgres');
	mkdirSync(rig);
	if (person.uid !== undefined) chownSync(rig, person.uid, person.gid!);
	const data = path.join(rig, 'data');
	const init = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--no-locale'];
	await execa(initdb, [...init, '--no-sync'], { cwd: rig, timeout: INIT_MS, ...person });
	const port = await freePort();
	const settings = {
		listen_addresses: LOOPBACK,
		port,
		unix_socket_directories: '',
		// nobody misses the data of a test
		fsync: 'off',
	};
	return await startDaemon({
		program: postgres,
		commandLine: [
			'-D',
			data,
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		port,
		logFile: path.join(folder, 'postgres.log'),
		// a fast shutdown: SIGTERM would wait for every client
		stopBy: 'SIGINT',
		...person,
	});
}

async function startRedis(programs: Programs, folder: string): Promise<Daemon> {
	const port = await freePort();
	const settings = ['--bind', LOOPBACK, '--port', String(port), '--dir', folder];
	return await startDaemon({
		program: programs['redis-server'],
		commandLine: [...settings, '--save', '', '--appendonly', 'no'],
		port,
		logFile: path.join(folder, 'redis.log'),
		stopBy: 'SIGTERM',
	});
}

/** Both on free ports of this machine, with their data in a temporary folder. */
export async function startBacking(): Promise<Backing> {
	const programs = findPrograms();
	const folder = mkdtempSync(path.join(os.tmpdir(), 'smart-locks-queue-'));
	// the user whom PostgreSQL runs as has to get through
	chmodSync(folder, 0o711);
	const started: Daemon[] = [];
	const close = async () => {
		await Promise.all(started.map((daemon) => daemon.stop()));
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const redis = await startRedis(programs, folder);
		started.push(redis);
		const postgres = await startPostgres(programs, folder);
		started.push(postgres);
		return { env: environmentFor(redis.port, postgres.port), close };
	} catch (error) {
		await close();
		throw error;
	}
}

const environmentFor = (redisPort: number, postgresPort: number) => ({
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	QUEUE_BULL_REDIS_HOST: LOOPBACK,
	QUEUE_BULL_REDIS_PORT: String(redisPort),
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: LOOPBACK,
	DB_POSTGRESDB_PORT: String(postgresPort),
	DB_POSTGRESDB_DATABASE: DATABASE,
	DB_POSTGRESDB_USER: USER,
	DB_POSTGRESDB_PASSWORD: 'none-is-asked-for',
});
