import type { FaultRegistry, FaultTable } from '../shared/faults';
import { InvalidInput } from '../shared/input';
import type { LoggedRequest, RequestLog } from '../shared/requestLog';
import type { WebhookDesk } from '../shared/webhooks/webhookDesk';
import type { DeliveryAttempt } from '../shared/webhooks/webhookMessage';
import { describeFaults } from './faultFields';
import type { PageCall, PageDevice, PageService } from './pageService';

/** The common part of every simulator. */
export interface PagedSimulator {
	url: string;
	requests: RequestLog;
	faults: FaultRegistry<string>;
	reset(): void;
}

export interface PageTraits {
	faultTable: FaultTable;
	/** The faults that people try first, by name. */
	usualFaults: readonly string[];
	/** The fault parameter that holds a device's id. */
	deviceField: string;
	isCommand(request: LoggedRequest): boolean;
	devices(): PageDevice[];
	/** Absent if the service has no webhooks. */
	desk?: WebhookDesk;
}

type CommonPart = Pick<
	PageService,
	'url' | 'devices' | 'knownFaults' | 'setFaults' | 'setFault' | 'clearFaults' | 'calls' | 'reset'
>;

function isAbout({ id }: PageDevice, { path, body }: LoggedRequest): boolean {
	return path.split('/').includes(id) || Object.values(Object(body) as object).includes(id);
}

const describeCall = (
	request: LoggedRequest,
	devices: readonly PageDevice[],
	isCommand: boolean,
): PageCall => ({
	at: request.at,
	method: request.method,
	path: request.path,
	status: request.status,
	isCommand,
	device: devices.find((device) => isAbout(device, request))?.name,
});

const describeDelivery = ({ at, url, status, eventType }: DeliveryAttempt): PageCall => ({
	at,
	method: 'POST',
	path: url,
	status,
	isCommand: false,
	delivery: eventType,
});

const byTime = (one: PageCall, other: PageCall): number =>
	Date.parse(one.at) - Date.parse(other.at);

/** Repeats the last delivery. Throws `InvalidInput` if there was none. */
export async function repeatLast(desk: WebhookDesk): Promise<void> {
	const [attempt] = await desk.redeliver();
	if (attempt === undefined) throw new InvalidInput('Nothing has been delivered yet');
}

/** The part of a page service that is the same for every simulator. */
export function commonPart(simulator: PagedSimulator, traits: PageTraits): CommonPart {
	const { faults, requests } = simulator;
	return {
		url: simulator.url,
		devices: () => traits.devices(),
		knownFaults: () => describeFaults(traits.faultTable, traits.deviceField, traits.usualFaults),
		setFaults: () => [...faults.list()],
		setFault: (setting) => faults.set(setting),
		clearFaults: (name) => faults.clear(name),
		calls: (count) => {
			const devices = traits.devices();
			const calls = requests
				.all()
				.slice(-count)
				.map((request) => describeCall(request, devices, traits.isCommand(request)));
			const deliveries = traits.desk?.attempts(count).map(describeDelivery) ?? [];
			return [...calls, ...deliveries].sort(byTime).slice(-count);
		},
		reset: () => simulator.reset(),
	};
}
