import {
	runScenario,
	SCENARIOS,
	type Bench,
	type MatrixCommand,
	type Outcome,
	type Scenario,
} from './faultMatrix';
import { SCRIPTED_APIS, API_VERSIONS, type ApiVersion } from './services';

/** Those with a simulator. */
export const MEASURED = API_VERSIONS.filter((api) => SCRIPTED_APIS[api].bench !== undefined);

export interface Cell {
	command: MatrixCommand;
	api: ApiVersion;
	scenario: Scenario;
	/** Absent if the service has no such thing. */
	outcome: Outcome | undefined;
	secrets: string[];
	bench: Bench;
}

/** Runs every command on every service and version through every scenario. */
export async function runMatrix(): Promise<Cell[]> {
	const cells: Cell[] = [];
	for (const api of MEASURED) {
		const bench = await SCRIPTED_APIS[api].bench!();
		for (const command of ['lock', 'unlock'] as const) {
			for (const scenario of SCENARIOS) {
				const outcome = await runScenario(bench, command, scenario);
				cells.push({ command, api, scenario, outcome, secrets: bench.secrets, bench });
			}
		}
		await bench.rig.close();
	}
	return cells;
}

/** The cells as the tables of docs/reliability.md. */
export function toMarkdown(cells: readonly Cell[]): string {
	return (['lock', 'unlock'] as const)
		.map((command) => {
			const head = `| ${command} | ${MEASURED.join(' | ')} |\n| --- |${' --- |'.repeat(MEASURED.length)}`;
			const rows = SCENARIOS.map((scenario) => {
				const texts = MEASURED.map((api) => textOf(cells, command, api, scenario));
				return `| ${scenario} | ${texts.join(' | ')} |`;
			});
			return [head, ...rows].join('\n');
		})
		.join('\n\n');
}

function textOf(
	cells: readonly Cell[],
	command: MatrixCommand,
	api: ApiVersion,
	scenario: Scenario,
): string {
	const cell = cells.find(
		(candidate) =>
			candidate.command === command && candidate.api === api && candidate.scenario === scenario,
	);
	if (cell?.outcome === undefined) return '–';
	return `${cell.outcome.text}, ${cell.outcome.commands}×`;
}
