import type { FailureReason } from '../../../../nodes/shared/model/failure';
import { declaredFailure } from '../../../../nodes/shared/n8n/nodeErrors';

function declared(reason: FailureReason, retryAfterSeconds?: number) {
	const facts = { reason, what: '', userAction: '', ofOneDevice: true } as const;
	return declaredFailure({ ...facts, retryAfterSeconds });
}

it.each<[FailureReason, string]>([
	['rateLimited', 'rate-limited'],
	['quotaExceeded', 'quota-exhausted'],
	['asleep', 'temporarily-unavailable'],
	['offline', 'temporarily-unavailable'],
	['upstream', 'temporarily-unavailable'],
	['timeout', 'temporarily-unavailable'],
])('n8n gets the wait of %s', (reason, cause) => {
	expect(declared(reason)).toEqual({ cause });
	expect(declared(reason, 90)).toEqual({ cause, retryAfterMs: 90_000 });
});

it.each<[FailureReason, string]>([
	['authentication', 'credential-invalid'],
	['permission', 'configuration-invalid'],
	['notFound', 'configuration-invalid'],
	['badRequest', 'configuration-invalid'],
])('%s does not pass by waiting', (reason, cause) => {
	expect(declared(reason, 90)).toEqual({ cause });
});

it.each<FailureReason>(['notConfirmed', 'doorOpen', 'notSupported'])(
	'%s has no cause that n8n knows',
	(reason) => {
		expect(declared(reason, 90)).toBeUndefined();
	},
);
