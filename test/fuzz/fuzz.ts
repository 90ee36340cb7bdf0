import fc from 'fast-check';

/** A rule of the package that an input breaks, with what came out. */
export interface Violation {
	rule: string;
	cameOut: string;
}

interface Definition<Input> {
	name: string;
	inputs: fc.Arbitrary<Input>;
	/** The rules that are broken by what the node makes of this input. */
	violations(input: Input): Promise<Violation[]>;
}

/** One parser of a service's input, reached by the way that a workflow reaches it. */
export interface FuzzCase {
	name: string;
	/** One finding for each rule that is broken, each shrunk to its smallest input. */
	find(runs: number, seed: number): Promise<Finding[]>;
}

export interface Finding extends Violation {
	name: string;
	/** The smallest input that was found, as JSON. */
	input: string;
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
		find: async (runs, seed) => await findingsOf(definition, runs, seed),
	};
}

async function findingsOf<Input>(
	{ name, inputs, violations }: Definition<Input>,
	runs: number,
	seed: number,
): Promise<Finding[]> {
	const findings: Finding[] = [];
	while (findings.length < MOST_RULES) {
		const isKnown = ({ rule }: Violation) => findings.some((finding) => finding.rule === rule);
		const property = fc.asyncProperty(inputs, async (input) => {
			const [first] = (await violations(input)).filter((violation) => !isKnown(violation));
			if (first !== undefined) throw new Broken(first);
		});
		const { failed, counterexample, errorInstance } = await fc.check(property, {
			numRuns: runs,
			seed,
		});
		if (!failed) break;
		if (!(errorInstance instanceof Broken)) throw errorInstance;
		const input = JSON.stringify(counterexample?.[0]).slice(0, MOST_CHARACTERS);
		findings.push({ name, input, ...errorInstance.violation });
	}
	return findings;
}

export function describeFinding({ name, rule, input, cameOut }: Finding): string {
	return `${name}: ${rule}\n  input: ${input}\n  came out: ${cameOut.slice(0, MOST_CHARACTERS)}`;
}
