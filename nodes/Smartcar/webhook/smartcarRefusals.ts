import type { Refusal } from '../../shared/triggers/webhook/refusal';

export const NO_CREDENTIAL: Refusal = {
	status: 401,
	cause: 'noCredential',
	answer: 'There is no usable credential',
	why: 'The node has no usable credential. Choose one in the node, and publish the workflow again',
};

export const NO_TOKEN: Refusal = {
	status: 401,
	cause: 'noToken',
	answer: 'The credential has no Application Management Token',
	why: 'The credential has no Application Management Token, so no delivery can be verified. Copy it from the Smartcar Dashboard (API Keys)',
};

export const UNSIGNED: Refusal = {
	status: 401,
	cause: 'unsigned',
	answer: 'No signature',
	why: 'It has no Smartcar signature. Look for another sender, or a proxy that removes headers',
};

export const WRONGLY_SIGNED: Refusal = {
	status: 401,
	cause: 'wronglySigned',
	answer: 'Wrong signature',
	why: "Its signature does not match the credential's Application Management Token. If Smartcar's deliveries are missing, copy the token again from the Dashboard of the same application; otherwise it came from somebody else",
};
