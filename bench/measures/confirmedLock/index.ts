import type { Measure } from '../../row';
import { confirmCarLocks } from './cars';
import { confirmSeamLocks } from './seam';

/**
 * A lock command with proof, beside the vendor's SDK and an observer who reads once at the right
 * moment.
 */
export const confirmedLock: Measure = {
	name: 'confirmed-lock',
	run: async (size) => [...(await confirmSeamLocks(size)), ...(await confirmCarLocks(size))],
};
