/** What a client should do; null if Smartcar gives no advice. */
export type ResolutionType =
	'RETRY_LATER' | 'REAUTHENTICATE' | 'CONTACT_SUPPORT' | 'ACTION_REQUIRED' | null;

export interface SmartcarErrorKind {
	status: number;
	type: string;
	code: string | null;
	/** If v3 has another code than v2.0. */
	v3Code?: string;
	/** If v3 answers with another status. */
	v3Status?: number;
	description: string;
	resolution?: ResolutionType;
	resolutionUrl?: string;
	/** For the header. Only the throttle of a vehicle has it. */
	retryAfterSeconds?: number;
	suggestedUserMessage?: string;
}
