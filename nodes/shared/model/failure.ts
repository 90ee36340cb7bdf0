/** Why something did not work, in words that a workflow can branch on. */
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
	/** More for the curious: the service's own words, the request id. */
	detail?: string;
	httpStatus?: number;
	requestId?: string;
	retryAfterSeconds?: number;
	/**
	 * Whether it is about the device that was asked for, or about none, as where the key, the quota or the application
	 * is to blame. Default: as {@link isAboutDevice} tells by the reason.
	 */
	ofOneDevice?: boolean;
	/** It is certain that the service did not carry the request out. Default: not certain. */
	notExecuted?: boolean;
}

/** A failure with a meaning. It is turned into n8n's errors or items at the edge of the node only. */
export class Failure extends Error {
	constructor(readonly facts: FailureFacts) {
		super(`${facts.what}. ${facts.userAction}`);
		this.name = 'Failure';
	}
}

/** Anything that was thrown, as a failure. A programming mistake is not hidden: its text is kept. */
export function toFailure(thrown: unknown): Failure {
	if (thrown instanceof Failure) return thrown;
	const detail = thrown instanceof Error ? thrown.message : String(thrown);
	return new Failure({
		reason: 'unknown',
		what: `Something unexpected happened: ${detail}`,
		userAction: 'Please report it to the authors of this node with the description',
		detail: thrown instanceof Error ? thrown.stack : undefined,
	});
}

/** Runs `work` and gives its failure back as a value. */
export async function attempt<Result>(
	work: () => Result | Promise<Result>,
): Promise<Result | Failure> {
	try {
		return await work();
	} catch (thrown) {
		return toFailure(thrown);
	}
}

/** A refused sign-in and a limit that is up hold for every device, unless the service says that it is that of one. */
const REASONS_ABOUT_NO_DEVICE: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'quotaExceeded',
	'rateLimited',
]);

export function isAboutDevice({ reason, ofOneDevice }: FailureFacts): boolean {
	return ofOneDevice ?? !REASONS_ABOUT_NO_DEVICE.has(reason);
}

/**
 * A failure whose message names its device, unless it is about none.
 * @param label What messages call the device.
 * @param name What a text that names the device already puts in quotes; where that is not the label, it gives way to it.
 * @param subject What the message begins with where its text names no device.
 */
export function withDeviceName(
	failure: Failure,
	label: string,
	name = label,
	subject = label,
): Failure {
	const { facts } = failure;
	// a name may be an ordinary word, so only one in quotes is certain to be the name
	const isNamed = facts.what.startsWith(`${subject}: `) || facts.what.includes(`"${label}"`);
	if (!isAboutDevice(facts) || isNamed) return failure;
	const quoted = `"${name}"`;
	const what = facts.what.includes(quoted)
		? facts.what.replace(quoted, () => `"${label}"`)
		: `${subject}: ${facts.what}`;
	return new Failure({ ...facts, what });
}

/**
 * A device as messages call it. Executions and their errors are kept and sent around, and a VIN tells a lot
 * about its owner, so of one only the ends are shown.
 */
export function shownName(name: string): string {
	return name.replace(/\b([A-HJ-NPR-Z0-9]{3})[A-HJ-NPR-Z0-9]{10}([A-HJ-NPR-Z0-9]{4})\b/gi, '$1…$2');
}
