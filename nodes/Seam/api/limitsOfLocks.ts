import { MINUTE_MS } from '../../shared/basics/times';
import { RateWindow } from '../../shared/http/publishedLimits';

/** Seam's limits count each kind of request for each lock. */
export class LimitsOfLocks {
	private readonly windows = new Map<string, RateWindow>();

	of(kind: string, deviceId: string, aMinute: number): RateWindow {
		const key = `${kind}:${deviceId.toLowerCase()}`;
		const window = this.windows.get(key) ?? new RateWindow(aMinute, MINUTE_MS);
		this.windows.set(key, window);
		return window;
	}
}
