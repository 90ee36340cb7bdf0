import { CELLAR_KEYPAD, FRONT_DOOR } from '../../simulators/seam/seed';
import type { CodeHome } from './seamCodes';
import { HOUR, MINUTE, NOW_STAYING, STAY, iso, startCodeHome } from './seamCodes';

let home: CodeHome;

beforeEach(async () => {
	home = await startCodeHome();
});
afterEach(() => home.simulator.close());

const errorsOf = async (id: string) =>
	(await home.read(id)).errors.map(({ error_code: code }) => code);
const takeOffline = () =>
	void home.simulator.editDevice(FRONT_DOOR, { properties: { online: false } });

describe('where sources disagree', () => {
	it('a lock without codes accepts one, which never gets there', async () => {
		home.simulator.codes.change({ incapableLock: 'accepted' });
		const { access_code_id } = await home.create({ device_id: CELLAR_KEYPAD, ...NOW_STAYING });
		expect(access_code_id).toEqual(expect.any(String));
		home.pass(HOUR);
		expect(home.simulator.codes.onLock(CELLAR_KEYPAD)).toEqual([]);
		expect(await errorsOf(access_code_id)).toEqual(['failed_to_set_on_device']);
	});

	it('a common key is ignored, as by the fake', async () => {
		home.simulator.codes.change({ commonCodeKey: 'ignored' });
		const key = { common_code_key: 'n8n:B-1' };
		const one = await home.create(key);
		const other = await home.create(key);
		expect(one.common_code_key).toBeNull();
		expect(other.access_code_id).not.toBe(one.access_code_id);
	});

	it('a code that outlives its end has another word', async () => {
		home.simulator.codes.change({ expiryError: 'failed_to_remove' });
		const wanted = { ...NOW_STAYING, ends_at: iso(HOUR), prefer_native_scheduling: false };
		const { access_code_id } = await home.create(wanted);
		home.pass(MINUTE);
		takeOffline();
		home.pass(2 * HOUR);
		expect(await errorsOf(access_code_id)).toEqual(['failed_to_remove', 'device_offline']);
	});

	it('a change by hand has another word', async () => {
		home.simulator.codes.change({ modificationError: 'code_modified_external_to_seam' });
		const { access_code_id } = await home.create(NOW_STAYING);
		home.pass(MINUTE);
		home.simulator.codes.remove(access_code_id);
		home.pass(10 * MINUTE);
		expect(await errorsOf(access_code_id)).toEqual(['code_modified_external_to_seam']);
	});

	it('newer events are sent', async () => {
		home.simulator.codes.change({ issuingEvents: true });
		await home.create(NOW_STAYING);
		home.pass(MINUTE);
		expect(await home.happened()).toEqual([
			'access_code.created',
			'access_code.issued',
			'access_code.set_on_device',
		]);
		takeOffline();
		await home.create(NOW_STAYING);
		home.pass(HOUR);
		expect(await home.happened()).toEqual(
			expect.arrayContaining(['access_code.delay_in_issuing', 'access_code.failed_to_issue']),
		);
	});

	it('delays are other ones', async () => {
		home.simulator.codes.change({ storedAheadHours: 9 * 24, programmingSeconds: 60 });
		const { access_code_id } = await home.create(STAY);
		home.pass(59);
		expect(await home.read(access_code_id)).toMatchObject({ is_scheduled_on_device: false });
		home.pass(1);
		expect(await home.read(access_code_id)).toMatchObject({ is_scheduled_on_device: true });
	});
});
