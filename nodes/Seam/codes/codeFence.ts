import { withLowerCase } from '../../shared/basics/sentences';
import { Failure, type FailureFacts } from '../../shared/model/failure';
import { unlockPolicyFailure, unlockPolicyFailureForAll } from '../../shared/service/unlockPolicy';
import type { CodeRun } from './codeRun';

type Asker = Pick<CodeRun, 'caller' | 'session'>;

/** Why no code may be made or shown for any lock, because a code unlocks. */
export function fenceForAll({ session, caller }: Asker): Failure | undefined {
	return inWords(unlockPolicyFailureForAll('unlock', session.credentials, caller));
}

/** Why no code may be made or shown for this lock. */
export function fenceFor({ session, caller }: Asker, deviceId: string): Failure | undefined {
	return inWords(unlockPolicyFailure('unlock', deviceId, session.credentials, caller));
}

function inWords(facts: FailureFacts | undefined): Failure | undefined {
	if (facts === undefined) return undefined;
	const what = `A code unlocks, and ${withLowerCase(facts.what, 'Seam')}`;
	return new Failure({ ...facts, what });
}
