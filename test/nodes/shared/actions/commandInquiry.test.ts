import { CallMeter } from '../../../../nodes/shared/http/request';
import { CommandInquiry } from '../../../../nodes/shared/actions/commandInquiry';
import type { CommandJob, CommandRun } from '../../../../nodes/shared/actions/commandJob';
import { ServiceClock } from '../../../../nodes/shared/http/serviceClock';
import type { LockState } from '../../../../nodes/shared/model/lockStatus';
import type { ServiceDefinition } from '../../../../nodes/shared/service/lockService';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';

const LOST = { evidence: 'unknown' } as const;

/** A service that reports no outcome, and whose readings have no time. */
function inquiryOf(definition: Partial<ServiceDefinition>, lock: LockState = 'locked') {
	const reading = { ...nothingRead({ service: 'acme', deviceType: 'lock' }, 'd', 'Door'), lock };
	const read = async () => await Promise.resolve(new Map([['d', reading]]));
	const session = { definition, service: { read }, client: { serviceClock: new ServiceClock() } };
	return new CommandInquiry(
		{ session } as object as CommandRun,
		{ command: 'lock', deviceId: 'd' } as CommandJob,
		new CallMeter(),
	);
}

it('can ask neither the service nor the device if readings show nothing', () => {
	expect(inquiryOf({ readingsProve: false }).canAsk(LOST)).toBe(false);
});

describe('a service whose readings show the state at that moment', () => {
	const current = { readingsProve: false, readingsAreCurrent: true };

	it('can be asked by a reading, which acknowledges the command', async () => {
		const inquiry = inquiryOf(current);
		expect(inquiry.canAsk(LOST)).toBe(true);
		expect(await inquiry.ask(LOST, 0, 1000)).toMatchObject({ evidence: 'acknowledged' });
	});

	it('acknowledges nothing while the reading shows another state', async () => {
		expect(await inquiryOf(current, 'unlocked').ask(LOST, 0, 1000)).toEqual(LOST);
	});
});
