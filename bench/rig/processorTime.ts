import { existsSync, readFileSync } from 'node:fs';

/** On Linux this unit is always a hundredth of a second. */
const TICK_MS = 10;

/** Milliseconds of processor time that another process has used so far. Linux only. */
export function processorTimeMs(pid: number): number | undefined {
	const file = `/proc/${pid}/stat`;
	if (!existsSync(file)) return undefined;
	const line = readFileSync(file, 'utf8');
	// the program's name, in brackets, may contain anything
	const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
	const [user, system] = fields.slice(11, 13).map(Number);
	return (user! + system!) * TICK_MS;
}
