import type { FailureReason } from '../../nodes/shared/model/failure';
import type { ApiVersion } from './faultMatrix';
import { startScriptedRig, type ScriptedRig } from './scriptedRig';
import type { ScriptedAnswer } from './scriptedServer';

/** An answer of a service, and its expected result. */
export interface RecordedAnswer extends ScriptedAnswer {
	situation: string;
	status: number;
	/** Which request gets this answer. Both, unless it makes sense for only one of them. */
	to?: 'reading' | 'command';
	reason: FailureReason;
	/** For a read. A command is retryable only if nothing was done besides. */
	retryable: boolean;
	retryAfterSeconds?: number;
	requestId?: string;
	/** What a person has to do. For a command with an unknown outcome: only to look. */
	userAction: RegExp;
	/** For a command: the service refused it, or the outcome is unknown. */
	evidence: 'none' | 'unknown';
	/** Number of command requests, if not one. */
	commands?: number;
	/** Status in the item, if the error itself contains another one. */
	httpStatus?: number;
}

/** Tests every answer on one interface, for a read and for a command. */
export function describeAnswers(name: ApiVersion, answers: readonly RecordedAnswer[]): void {
	describe(name, () => {
		let rig: ScriptedRig;
		beforeAll(async () => {
			rig = await startScriptedRig(name);
		});
		afterAll(async () => await rig.close());

		it.each(answers.filter(({ to }) => to !== 'command'))(
			'a reading: $status $situation is $reason',
			async (answer) => {
				const { error, everything, readings } = await rig.read(answer);
				expect(readings).toEqual(readingsAfter(answer));
				expect(error).toMatchObject({
					...commonFields(answer),
					retryable: answer.retryable,
					userAction: expect.stringMatching(answer.userAction) as string,
				});
				expectNoSecret(rig, everything);
			},
		);

		it.each(answers.filter(({ to }) => to !== 'reading'))(
			'a command: $status $situation is $reason ($evidence)',
			async (answer) => {
				const { error, everything, commands } = await rig.lock(answer);
				const isRefused = answer.evidence === 'none';
				expect(error).toMatchObject({
					...commonFields(answer),
					command: 'lock',
					evidence: answer.evidence,
					sent: !isRefused,
					retryable: isRefused && answer.retryable,
					userAction: expect.stringMatching(
						isRefused ? answer.userAction : /^Look at the (lock|vehicle) before you send/,
					) as string,
				});
				expect(commands).toBe(answer.commands ?? 1);
				expectNoSecret(rig, everything);
			},
		);
	});
}

/** Temporary failures are tried three times, a limit as its time allows, and nothing else again. */
function readingsAfter({ status, commands = 1 }: RecordedAnswer): unknown {
	if (status === 401) return commands;
	if (status === 429) return expect.any(Number);
	return status >= 500 && status !== 501 ? 3 : 1;
}

function commonFields(answer: RecordedAnswer) {
	const { reason, status, httpStatus = status } = answer;
	return {
		reason,
		httpStatus,
		retryAfterSeconds: answer.retryAfterSeconds ?? null,
		requestId: answer.requestId ?? null,
	};
}

export function expectNoSecret(rig: ScriptedRig, everything: string): void {
	for (const secret of rig.api.secrets) expect(everything).not.toContain(secret);
}
