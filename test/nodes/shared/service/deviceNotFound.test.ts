import { deviceNotFound, noDevices } from '../../../../nodes/shared/service/deviceNotFound';

it('a device that the account does not have is named, its VIN shortened', () => {
	expect(deviceNotFound('vehicle', 'YV1XZEFV3P2000001', 'Acme')).toEqual({
		reason: 'notFound',
		what: 'Acme does not know the vehicle "YV1…0001"',
		userAction: expect.stringMatching(
			/^Choose the vehicle from the list again, .*account/,
		) as string,
		notExecuted: true,
	});
});

it('an account without devices is a failure about none of them', () => {
	expect(noDevices('lock', 'Acme')).toEqual({
		reason: 'notFound',
		what: 'Acme lists no lock for this credential',
		userAction: expect.stringMatching(/^Connect a lock to the account, or choose/) as string,
		notExecuted: true,
		ofOneDevice: false,
	});
});
