import fc from 'fast-check';

/** A rule of the package that an input breaks, with the output. */
export interface Violation {
	rule: string;
	cameOut: string;
}

/** The node's result for an input. */
export interface Judgement {
	violations: Violation[];
	/** The result is not an error. */
	isRead: boolean;
}

interface Definition<Input> {
	name: string;
	inputs: fc.Arbitrary<Input>;
	judge: (input: Input) => Promise<Judgement>;
}

/** One parser of a service's input, reached as a workflow reaches it. */
export interface FuzzCase {
	name: string;
	find: (runs: number, seed: number) => Promise<Found>;
}

export interface Finding extends Violation {
	name: string;
	/** The smallest failing input, as JSON. */
	input: string;
}

export interface Found {
	/** One for each broken rule, each shrunk to its smallest input. */
	findings: Finding[];
	/** Inputs whose result was not an error, so that they could have been misread. */
	read: number;
}

const MOST_RULES = 20;
const MOST_CHARACTERS = 1500;

class Broken extends Error {
	constructor(readonly violation: Violation) {
		super(violation.rule);
	}
}

export function fuzzCase<Input>(definition: Definition<Input>): FuzzCase {
	return {
		name: definition.name,
		find: async (runs, seed) => await findIn(definition, runs, seed),
	};
}

async function findIn<Input>(
	{ name, inputs, judge }: Definition<Input>,
	runs: number,
	seed: number,
): Promise<Found> {
	const findings: Finding[] = [];
	let read = 0;
	while (findings.length < MOST_RULES) {
		const isKnown = ({ rule }: Violation) => findings.some((finding) => finding.rule === rule);
		read = 0;
		const property = fc.asyncProperty(inputs, async (input) => {
			const { violations, isRead } = await judge(input);
			if (isRead) read++;
			const [first] = violations.filter((violation) => !isKnown(violation));
			if (first !== undefined) throw new Broken(first);
		});
		const { failed, counterexample, errorInstance } = await fc.check(property, {
			numRuns: runs,
			seed,
		});
		if (!failed) break;
		if (!(errorInstance instanceof Broken)) throw errorInstance;
		const input = (JSON.stringify(counterexample?.[0]) ?? 'nothing').slice(0, MOST_CHARACTERS);
		findings.push({ name, input, ...errorInstance.violation });
	}
	return { findings, read };
}

export function describeFinding({ name, rule, input, cameOut }: Finding): string {
	return `${name}: ${rule}\n  input: ${input}\n  came out: ${cameOut.slice(0, MOST_CHARACTERS)}`;
}
