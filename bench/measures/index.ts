import type { Measure } from '../row';

/** In the order of the table. */
export const MEASURES: readonly Measure[] = [];
