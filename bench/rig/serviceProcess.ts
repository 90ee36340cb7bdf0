import { once } from 'node:events';
import { forkScript, nextMessage } from './childProcess';
import type { ServiceCommands, ServiceFacts, ServiceName } from './serviceCommands';

/** The commands of a simulator in another process. */
type Asynchronous<Commands> = {
	[Name in keyof Commands]: Commands[Name] extends (...all: infer Argument) => infer Answer
		? (...all: Argument) => Promise<Answer>
		: never;
};

export interface ServiceProcess extends Asynchronous<ServiceCommands> {
	facts: ServiceFacts;
	close(): Promise<void>;
}

const START_MS = 60_000;

/** Starts a simulator beside this process. One command at a time. */
export async function startService(name: ServiceName): Promise<ServiceProcess> {
	const child = forkScript('service', name);
	const { facts } = (await nextMessage(child, START_MS)) as { facts: ServiceFacts };
	const ask =
		<Name extends keyof ServiceCommands>(command: Name) =>
		async (...argument: Parameters<ServiceCommands[Name]>) => {
			child.send({ name: command, argument });
			const { answer } = (await nextMessage(child, START_MS)) as {
				answer: ReturnType<ServiceCommands[Name]>;
			};
			return answer;
		};
	return {
		facts,
		addDevices: ask('addDevices'),
		setLatency: ask('setLatency'),
		takeAnswers: ask('takeAnswers'),
		close: async () => {
			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}
