import { seam } from './services/seam';
import { smartcar } from './services/smartcar';
import { volvo } from './services/volvo';
import type { TestedApi } from './testedService';

/** The services of the package. A service that is added here is covered by the common tests. */
export const SERVICES = [seam, volvo, smartcar] as const;

type NamesIn<Service> = Service extends { apis: infer Apis } ? keyof Apis : never;
export type ApiVersion = NamesIn<(typeof SERVICES)[number]>;

const entries = SERVICES.flatMap(({ apis }): Array<[string, TestedApi]> => Object.entries(apis));

export const API_VERSIONS = entries.map(([name]) => name) as ApiVersion[];
export const SCRIPTED_APIS = Object.fromEntries(entries) as Record<ApiVersion, TestedApi>;
