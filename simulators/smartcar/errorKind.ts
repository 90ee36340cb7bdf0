/** What a client should do; null where Smartcar gives no advice. */
export type ResolutionType =
	'RETRY_LATER' | 'REAUTHENTICATE' | 'CONTACT_SUPPORT' | 'ACTION_REQUIRED' | null;

export interface SmartcarErrorKind {
	status: number;
	type: string;
	code: string | null;
	/** Where v3 has another word than v2.0. */
	v3Code?: string;
	/** Where v3 answers with another status. */
	v3Status?: number;
	description: string;
	resolution?: ResolutionType;
	resolutionUrl?: string;
	/** For the header; only the throttle of a vehicle tells it. */
	retryAfterSeconds?: number;
	suggestedUserMessage?: string;
}
