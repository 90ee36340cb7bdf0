import type { LockEntry, SeamAccessCode } from '../seam/codes/codeTypes';
import type { SeamSimulator } from '../seam/seamSimulator';
import type { SeamDevice } from '../seam/seamTypes';
import { InvalidInput } from '../shared/input';
import type { PageCode, PageKeypads } from './pageService';

const hasKeypad = (device: SeamDevice): boolean =>
	device.can_program_online_access_codes !== undefined ||
	device.can_program_offline_access_codes !== undefined;

/** Seam's own word, and what it is really like at the lock where the two differ. */
function describeCode(code: SeamAccessCode, isOnLock: boolean): string {
	const word = code.is_scheduled_on_device ? 'unset, stored on the lock' : code.status;
	const isClaimed = code.status === 'set' || code.is_scheduled_on_device;
	return isClaimed && !isOnLock ? `${word}, but not on the lock` : word;
}

function showManaged(code: SeamAccessCode, entries: readonly LockEntry[]): PageCode {
	const isOnLock = entries.some(({ id }) => id === code.access_code_id);
	return {
		id: code.access_code_id,
		name: code.name ?? 'without a name',
		pin: code.code,
		state: describeCode(code, isOnLock),
		isOnLock,
	};
}

const showForeign = ({ id, name, pin }: LockEntry): PageCode => ({
	id,
	name: name ?? 'without a name',
	pin,
	state: 'made at the lock',
	isOnLock: true,
});

/** The codes of a lock, all read at one moment. Undefined without a keypad. */
export function readSeamCodes({ codes }: SeamSimulator) {
	const all = codes.list();
	return (device: SeamDevice): PageCode[] | undefined => {
		if (!hasKeypad(device)) return undefined;
		const entries = codes.onLock(device.device_id);
		const managed = all.filter(({ device_id: id }) => id === device.device_id);
		return [
			...managed.map((code) => showManaged(code, entries)),
			...entries.filter(({ isManaged }) => !isManaged).map(showForeign),
		];
	};
}

/** The keypads of Seam's locks. */
export const seamKeypads = (simulator: SeamSimulator): PageKeypads => ({
	enter: (deviceId, pin) => {
		const { display_name: name } = simulator.device(deviceId);
		if (simulator.codes.enter(deviceId, pin).opened) return;
		throw new InvalidInput(`${name}: the PIN does not open it`);
	},
	remove: (_deviceId, codeId) => simulator.codes.remove(codeId),
});
