import { row, type FailureRow } from '../../shared/model/failureRow';
import { entryOf } from '../../shared/basics/guards';

const RECONNECT = 'Reconnect the account with a Seam Connect Webview';

/**
 * Codes of a device's `errors[]` that block commands until a person acts. The others may pass
 * (`device_offline`, `device_disconnected`, `hub_disconnected`, `bridge_disconnected`), or are
 * about access codes and thermostats. Source: OpenAPI of Seam, schema `device` (August 2026).
 */
const FOR_A_PERSON: Record<string, FailureRow> = {
	account_disconnected: row(
		'authentication',
		'the account that it belongs to is no longer connected to Seam',
		RECONNECT,
	),
	dormakaba_sites_disconnected: row(
		'authentication',
		'its dormakaba site is no longer connected to Seam',
		RECONNECT,
	),
	missing_device_credentials: row(
		'authentication',
		'Seam has no credentials for it',
		'Give Seam the credentials of this lock, or connect its account again',
	),
	august_lock_not_authorized: row(
		'permission',
		'the connected August account may not control it',
		"Let the lock's owner give that account the owner role in the August app",
	),
	insufficient_permissions: row(
		'permission',
		'the connected account lacks permissions for it',
		"Give the account these permissions in the maker's app, and connect it again",
	),
	salto_ks_subscription_limit_exceeded: row(
		'permission',
		'the limit of the Salto KS subscription is reached',
		'Raise the limit of the subscription at Salto KS, or remove users there',
	),
	subscription_required: row(
		'permission',
		'its maker requires a subscription',
		'Take out or renew the subscription at the maker of the lock',
	),
	device_removed: row(
		'notFound',
		"it was removed from its maker's account",
		"Add it to the account again in the maker's app, or choose another lock",
	),
};

/**
 * The first problem of a device that only a person can fix. A lock of a disconnected account is
 * offline as well.
 */
export function problemForPerson(codes: readonly string[]): FailureRow | undefined {
	for (const code of codes) {
		const problem = entryOf(FOR_A_PERSON, code);
		// the account in question is not the key's
		if (problem !== undefined) return { ...problem, ofOneDevice: true };
	}
	return undefined;
}
