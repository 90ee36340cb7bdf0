import { z } from 'zod';
import { readInput } from '../shared/input';

const CHOICES = z
	.object({
		/** Single resources of v3 inside `data`, or bare as in the mocks of Smartcar's SDKs. */
		v3Envelope: z.enum(['wrapped', 'bare']).default('wrapped'),
		/** Times in the `meta` of a signal: as recorded today, or as on older pages. */
		v3Times: z.enum(['iso', 'epochMilliseconds', 'epochSeconds']).default('iso'),
		/**
		 * Whether a value has the car's own time (`oemUpdatedAt`, `sc-data-age`). Either may be
		 * missing.
		 */
		carTimes: z.boolean().default(true),
		/**
		 * Where the doors and windows of v3 are: `values` was recorded, `doors` appears in examples.
		 */
		v3Parts: z.enum(['values', 'named']).default('values'),
		v3ErrorEnvelope: z.enum(['errors', 'bare', 'error']).default('errors'),
		v3ErrorStatus: z.enum(['string', 'number']).default('string'),
		/** No source confirms `sc-request-id` on v3. */
		v3RequestIdHeader: z.boolean().default(false),
		/** The error for a vehicle of another user than `sc-user-id`. No source says which. */
		v3ForeignUser: z.enum(['notFound', 'forbidden']).default('notFound'),
		/** Whether v3 still accepts v2.0's user tokens, as Smartcar's own SDKs send them. */
		v3UserTokens: z.boolean().default(true),
		/** Older bodies have the bare word. */
		v2Resolution: z.enum(['object', 'string']).default('object'),
		/**
		 * VEHICLE_STATE as recorded; as documented (`triggers` inside `data`, `vehicleId`, `fetchedAt`,
		 * and a `status` only for failed signals); or as recorded in 2025, with signal codes in one
		 * word.
		 */
		webhookForm: z.enum(['recorded', 'documented', 'words']).default('recorded'),
		/**
		 * Whether one problem is sent as two VEHICLE_ERRORs with different event ids, as was recorded.
		 */
		webhookErrorsTwice: z.boolean().default(false),
		/** No document says whether VERIFY is signed. It was seen unsigned. */
		webhookVerifySigned: z.boolean().default(false),
		/** Whether failed items of a batch have `headers`; recorded ones have none. */
		v2FailedItemHeaders: z.boolean().default(false),
	})
	.strict();

/** Choices between formats on which Smartcar's sources disagree, or which they leave open. */
export type WireChoices = z.output<typeof CHOICES>;

export const DEFAULT_WIRE: WireChoices = CHOICES.parse({});

/** The choices with some of them changed. Throws `InvalidInput`. */
export const changeWire = (wire: WireChoices, change: object): WireChoices =>
	readInput(CHOICES, { ...wire, ...change });
