import { parseAccessCode } from '../../../../nodes/Seam/codes/accessCode';
import { codeWith } from '../../../support/accessCodes';

it.each([
	undefined,
	null,
	'c1',
	[],
	{ access_code_id: 'c1' },
	{ access_code_id: 'c1', device_id: '' },
	{ device_id: 'd1' },
])('%j is no access code', (value) => {
	expect(parseAccessCode(value)).toBeUndefined();
});

it.each<[string, object, boolean]>([
	['of the code', {}, true],
	['of its lock', { is_device_error: true }, false],
	['of its account', { is_connected_account_error: true }, false],
	['of the code, and so flagged', { is_device_error: false }, true],
])('an error %s is known as one', (_, flags, isOfCode) => {
	const errors = [{ error_code: 'x', ...flags }];
	expect(codeWith({ errors }).errors).toEqual([{ code: 'x', isOfCode, createdAtMs: null }]);
});

it.each<[string, 'isBackup' | 'isOffline' | 'isStoredAhead']>([
	['is_backup', 'isBackup'],
	['is_offline_access_code', 'isOffline'],
	['is_scheduled_on_device', 'isStoredAhead'],
])('%s counts only when Seam says so', (field, flag) => {
	const flags = [true, false, undefined, 'true'].map((value) => codeWith({ [field]: value })[flag]);
	expect(flags).toEqual([true, false, false, false]);
});
