import { parseAccessCode, type AccessCode } from '../../nodes/Seam/codes/accessCode';
import { FRONT_DOOR } from '../../simulators/seam/seed';
import { inHours } from './guestCodes';

/** A code that is on its lock, as Seam reports it, but for what a test changes. */
export function codeWith(change: object = {}): AccessCode {
	const code = parseAccessCode({
		access_code_id: 'c1000000-0000-4000-8000-000000000001',
		device_id: FRONT_DOOR,
		name: '[B-1] Ann',
		code: '824691',
		common_code_key: 'n8n:B-1',
		status: 'set',
		starts_at: inHours(-1),
		ends_at: inHours(24),
		created_at: inHours(-2),
		errors: [],
		warnings: [],
		pending_mutations: [],
		...change,
	});
	return code!;
}
