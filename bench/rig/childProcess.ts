import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Runs a script of this folder in its own process. */
export const forkScript = (name: string, ...commandLine: string[]): ChildProcess =>
	fork(path.join(__dirname, `${name}.ts`), commandLine, { execArgv: ['--import', 'tsx'] });

/** Its next message. Throws if the process ends instead. */
export async function nextMessage(child: ChildProcess, timeoutMs: number): Promise<unknown> {
	const signal = AbortSignal.timeout(timeoutMs);
	const ended = once(child, 'exit', { signal }).then(() => {
		throw new Error('The other process ended');
	});
	const message = once(child, 'message', { signal }).then(([first]) => first as unknown);
	return await Promise.race([message, ended]);
}
