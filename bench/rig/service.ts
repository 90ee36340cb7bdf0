import { SERVICES, type ServiceName } from './serviceCommands';

/** A simulator in its own process, so that a bench measures only the caller's CPU. */
async function main(): Promise<void> {
	const { facts, commands } = await SERVICES[process.argv[2] as ServiceName]();
	process.on('message', (message) => {
		const { name, argument } = message as { name: keyof typeof commands; argument: unknown[] };
		const answer = (commands[name] as (...all: unknown[]) => unknown)(...argument);
		process.send!({ answer });
	});
	process.on('disconnect', () => process.exit(0));
	process.send!({ facts });
}

void main();
