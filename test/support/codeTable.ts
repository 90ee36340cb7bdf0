import { CODE_SCENARIOS, CODE_WRITES, type CodeScenario, type CodeWrite } from './codeFaults';
import type { CodeCell, CodeOutcome } from './codeMatrix';

const TITLES: Record<CodeWrite, string> = {
	'new code': 'Set, new code',
	'new dates': 'Set, new dates',
	remove: 'Remove',
};

/** The cells as the table of docs/reliability.md. */
export function toCodeTable(cells: readonly CodeCell[]): string {
	const titles = CODE_WRITES.flatMap((write) => [TITLES[write], 'after Retry On Fail']);
	const rows = [...CODE_SCENARIOS.keys()].map((scenario) => [
		scenario,
		...CODE_WRITES.flatMap((write) => textsOf(cells, write, scenario)),
	]);
	return [['guest code', ...titles], ['', ...titles].map(() => '---'), ...rows]
		.map((columns) => `| ${columns.join(' | ')} |`)
		.join('\n');
}

function textsOf(cells: readonly CodeCell[], write: CodeWrite, scenario: CodeScenario): string[] {
	const cell = cells.find((one) => one.write === write && one.scenario === scenario);
	return [textOf(cell?.once), textOf(cell?.retried)];
}

function textOf(outcome: CodeOutcome | undefined): string {
	if (outcome === undefined) return '–';
	const { text, sent, others, codes } = outcome;
	const more = others === 0 ? '' : ` and ${others}× another write`;
	return `${text}, ${sent}×${more}, ${codes === 1 ? '1 code' : `${codes} codes`}`;
}
