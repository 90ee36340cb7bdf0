/** Why something failed, as a word that a workflow can branch on. */
export type FailureReason =
	| 'badRequest'
	| 'authentication'
	| 'permission'
	| 'notFound'
	| 'notSupported'
	| 'doorOpen'
	| 'inUse'
	| 'asleep'
	| 'offline'
	| 'rateLimited'
	| 'quotaExceeded'
	| 'upstream'
	| 'timeout'
	| 'rejected'
	| 'notConfirmed'
	| 'unlockNotAllowed'
	| 'unknown';

export interface FailureFacts {
	reason: FailureReason;
	/** What happened: one sentence without a full stop. */
	what: string;
	/** What a person can do about it: one sentence without a full stop. */
	userAction: string;
	/** Further details: the service's own message, the request id. */
	detail?: string;
	httpStatus?: number;
	requestId?: string;
	retryAfterSeconds?: number;
	/**
	 * Whether the failure concerns the device. It does not if the cause is the key, the quota or the
	 * application. Default: {@link isAboutDevice} decides by the reason.
	 */
	ofOneDevice?: boolean;
	/** The service certainly did not carry the request out. Default: not certain. */
	notExecuted?: boolean;
}

/** A classified failure. It becomes an n8n error or item only at the edge of the node. */
export class Failure extends Error {
	constructor(readonly facts: FailureFacts) {
		super(`${facts.what}. ${facts.userAction}`);
		this.name = 'Failure';
	}
}

/** Converts anything thrown to a failure. The text of a programming error is kept. */
export function toFailure(thrown: unknown): Failure {
	if (thrown instanceof Failure) return thrown;
	const detail = thrown instanceof Error ? thrown.message : String(thrown);
	return new Failure({
		reason: 'unknown',
		what: `Something unexpected happened: ${detail}`,
		userAction: 'Please report it to the authors of this node and include the description',
		detail: thrown instanceof Error ? thrown.stack : undefined,
	});
}

/** Runs `work` and returns its failure as a value. */
export async function attempt<Result>(
	work: () => Result | Promise<Result>,
): Promise<Result | Failure> {
	try {
		return await work();
	} catch (thrown) {
		return toFailure(thrown);
	}
}

/**
 * A rejected sign-in and a reached limit affect every device, unless the service ties them to one.
 */
const REASONS_ABOUT_NO_DEVICE: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'quotaExceeded',
	'rateLimited',
]);

export function isAboutDevice({ reason, ofOneDevice }: FailureFacts): boolean {
	return ofOneDevice ?? !REASONS_ABOUT_NO_DEVICE.has(reason);
}

/**
 * A failure whose message names its device, unless it concerns no device.
 * @param label How messages name the device.
 * @param name How the text already names the device in quotes. If it differs from the label, the
 * label replaces it.
 * @param subject The start of the message if its text names no device.
 */
export function withDeviceName(
	failure: Failure,
	label: string,
	name = label,
	subject = label,
): Failure {
	const { facts } = failure;
	// a name may be an ordinary word, so only a quoted one is certain to be the name
	const isNamed = facts.what.startsWith(`${subject}: `) || facts.what.includes(`"${label}"`);
	if (!isAboutDevice(facts) || isNamed) return failure;
	const quoted = `"${name}"`;
	const what = facts.what.includes(quoted)
		? facts.what.replace(quoted, () => `"${label}"`)
		: `${subject}: ${facts.what}`;
	return new Failure({ ...facts, what });
}

/**
 * A device id as messages show it. Errors are stored and sent around, and a VIN reveals a lot about
 * the owner, so only its ends are shown.
 */
export function shownName(name: string): string {
	return name.replace(/\b([A-HJ-NPR-Z0-9]{3})[A-HJ-NPR-Z0-9]{10}([A-HJ-NPR-Z0-9]{4})\b/gi, '$1…$2');
}
