import { z } from 'zod';
import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { readInput } from '../shared/input';
import { Refusal } from './refusal';

const SETTINGS = z
	.object({
		/** https://smartcar.com/docs/help/api-limits: burst size of an application. */
		bucketSize: z.number().int().positive().default(120),
		bucketRefillPerMinute: z.number().nonnegative().default(2),
		/** Of a plan, for each vehicle and calendar month (UTC); null: unlimited. */
		requestsPerVehicleAndMonth: z.number().int().nonnegative().nullable().default(500),
		/** The throttle of a vehicle, whose window is not published; null: none. */
		vehicleThrottle: z
			.object({ requests: z.number().int().positive(), seconds: z.number().positive() })
			.strict()
			.nullable()
			.default(null),
	})
	.strict();

export type RequestLimitSettings = z.output<typeof SETTINGS>;

const DEFAULTS: RequestLimitSettings = SETTINGS.parse({});
const MONTH_LENGTH = '2026-11'.length;

/** Smartcar's limits, all on the simulator's clock. */
export class RequestLimits {
	readonly #clock: SimulatorClock;
	#settings = DEFAULTS;
	#tokens = DEFAULTS.bucketSize;
	#filledAt: number;
	#ofMonth = new Map<string, number>();
	#recent = new Map<string, number[]>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
		this.#filledAt = clock.now();
	}

	get settings(): RequestLimitSettings {
		return structuredClone(this.#settings);
	}

	/** Requests to one vehicle this month. Each path of a batch counts. */
	usedThisMonth(vehicleId: string): number {
		return this.#ofMonth.get(this.#monthOf(vehicleId)) ?? 0;
	}

	/** Throws `InvalidInput`. A new size refills the bucket. */
	change(change: object): RequestLimitSettings {
		this.#settings = readInput(SETTINGS, { ...this.#settings, ...change });
		if ('bucketSize' in change) this.#tokens = this.#settings.bucketSize;
		return this.settings;
	}

	/** Counts one request of the application. Throws `Refusal`. */
	takeForApplication(): void {
		const { bucketSize, bucketRefillPerMinute } = this.#settings;
		const minutes = (this.#clock.now() - this.#filledAt) / 60_000;
		this.#filledAt = this.#clock.now();
		this.#tokens = Math.min(bucketSize, this.#tokens + minutes * bucketRefillPerMinute);
		if (this.#tokens < 1) throw new Refusal('apiRateLimit');
		this.#tokens -= 1;
	}

	/** Counts one request to a vehicle. Throws `Refusal`. */
	takeForVehicle(vehicleId: string): void {
		this.#takeOfMonth(vehicleId);
		this.#throttle(vehicleId);
	}

	reset(): void {
		this.#settings = DEFAULTS;
		this.#tokens = DEFAULTS.bucketSize;
		this.#filledAt = this.#clock.now();
		this.#ofMonth.clear();
		this.#recent.clear();
	}

	#monthOf(vehicleId: string): string {
		return `${isoTime(this.#clock.now()).slice(0, MONTH_LENGTH)} ${vehicleId}`;
	}

	#takeOfMonth(vehicleId: string): void {
		const used = this.usedThisMonth(vehicleId);
		const { requestsPerVehicleAndMonth: allowed } = this.#settings;
		if (allowed !== null && used >= allowed) throw new Refusal('requestLimit');
		this.#ofMonth.set(this.#monthOf(vehicleId), used + 1);
	}

	#throttle(vehicleId: string): void {
		const { vehicleThrottle } = this.#settings;
		if (!vehicleThrottle) return;
		const now = this.#clock.now();
		const windowMs = vehicleThrottle.seconds * 1000;
		const recent = (this.#recent.get(vehicleId) ?? []).filter((at) => at > now - windowMs);
		const [oldest = now] = recent;
		if (recent.length >= vehicleThrottle.requests) {
			const retryAfterSeconds = Math.ceil((oldest + windowMs - now) / 1000);
			throw new Refusal('vehicleRateLimit', { retryAfterSeconds });
		}
		this.#recent.set(vehicleId, [...recent, now]);
	}
}
