import { SERVICES, type ServiceName } from './serviceCommands';

/** A simulator in a process of its own, so that the CPU of a bench is that of the caller alone. */
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
