import type { MemoryAnswer, MemoryReply } from '../support/memoryWire';
import { isObject, type SaidOfCommand, type Truth } from './oracle';

/** A mutated answer as sent over HTTP. */
export class Received {
	readonly status: number;
	readonly headers: Record<string, string>;
	/** The bytes of the body, as the node receives them. */
	readonly body: string;
	/** The parsed body; `undefined` if it is not JSON. */
	readonly json: unknown;

	constructor(answer: unknown) {
		const { status, headers, body } = isObject(answer) ? (answer as MemoryAnswer) : {};
		this.status = Number.isInteger(status) && status! >= 200 && status! < 600 ? status! : 200;
		this.headers = Object.fromEntries(
			Object.entries(isObject(headers) ? headers : {}).flatMap(([name, value]) =>
				typeof value === 'string' ? [[name, value]] : [],
			),
		);
		this.body = JSON.stringify(body) ?? '';
		this.json = this.body === '' ? undefined : JSON.parse(this.body);
	}

	/** For people. */
	toJSON(): unknown {
		const { status, headers, json } = this;
		return { ...(status === 200 ? {} : { status }), headers, json };
	}
}

export const received = (answer: unknown): Received => new Received(answer);

/** Answers by a part of the address. The first match is used. */
export function replies(answers: ReadonlyArray<readonly [string, Received]>): MemoryReply {
	return ({ url }) => {
		const found = answers.find(([part]) => url.includes(part));
		return found?.[1] ?? { status: 418, body: `There is no answer to ${url}` };
	};
}

const NOTHING: Truth = { isLocked: false, isUnlocked: false, isShut: false, areWindowsShut: false };

/** Only a 200 reports a state. */
export function truthIn(answer: Received, truthOf: (json: unknown) => Truth): Truth {
	return answer.status === 200 ? truthOf(answer.json) : NOTHING;
}

/** What all answers about a command report together, including refusals by status. */
export function saidIn(
	answers: readonly Received[],
	saidBy: (answer: Received) => SaidOfCommand,
	strength: (evidence: SaidOfCommand['most']) => number,
): SaidOfCommand {
	const said = answers.map((answer): SaidOfCommand => {
		const { status, json } = answer;
		if (status < 300) return saidBy(answer);
		const isBusy = status === 503 && /in use or asleep/.test(JSON.stringify(json));
		const isVehicleState = /"VEHICLE_STATE"/.test(JSON.stringify(json));
		const isRefused = status < 500 || status === 501 || isBusy || isVehicleState;
		return { most: 'unknown', isRefused };
	});
	const [most] = said.map((each) => each.most).sort((a, b) => strength(b) - strength(a));
	return { most: most ?? 'unknown', isRefused: said.some(({ isRefused }) => isRefused) };
}
