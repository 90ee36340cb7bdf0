import { seam } from './services/seam';
import { smartcar } from './services/smartcar';
import { volvo } from './services/volvo';
import type { TestedWire } from './testedService';

/** The services of the package. A service that is added here is covered by the common tests. */
export const SERVICES = [seam, volvo, smartcar] as const;

type NamesIn<Service> = Service extends { wires: infer Wires } ? keyof Wires : never;
export type Wire = NamesIn<(typeof SERVICES)[number]>;

const entries = SERVICES.flatMap(({ wires }): Array<[string, TestedWire]> => Object.entries(wires));

export const WIRES = entries.map(([name]) => name) as Wire[];
export const SCRIPTED_WIRES = Object.fromEntries(entries) as Record<Wire, TestedWire>;
