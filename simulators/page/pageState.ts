import type { PageCall, PageService } from './pageService';

const CALLS_SHOWN = 100;

type ShownCall = PageCall & { service: string };

const byTimeNewestFirst = (one: ShownCall, other: ShownCall): number =>
	Date.parse(other.at) - Date.parse(one.at);

/** The newest first. At the same moment, the later one of a service comes first. */
function recentCalls(services: readonly PageService[]): ShownCall[] {
	return services
		.flatMap((service) => {
			const calls = service.calls(CALLS_SHOWN).reverse();
			return calls.map((call) => ({ service: service.name, ...call }));
		})
		.sort(byTimeNewestFirst)
		.slice(0, CALLS_SHOWN);
}

/** What never changes while the page is open. */
export const describeServices = (services: readonly PageService[]) => ({
	services: services.map((service) => ({
		name: service.name,
		label: service.label,
		url: service.url,
		webhooks: service.webhooks && {
			hint: service.webhooks.hint,
			canBeMade: service.webhooks.dashboard !== undefined,
		},
		credentials: service.credentials(),
		faults: service.knownFaults(),
	})),
});

/** What changes, whoever changes it. */
export const describeState = (services: readonly PageService[]) => ({
	services: services.map((service) => ({
		name: service.name,
		devices: service.devices(),
		faults: service.setFaults(),
		webhooks: service.webhooks?.list(),
	})),
	calls: recentCalls(services),
});
