import { shownName, type FailureFacts } from '../model/failure';
import type { DeviceType } from '../model/lockStatus';

export function deviceNotFound(
	deviceType: DeviceType,
	deviceId: string,
	label: string,
): FailureFacts {
	return {
		reason: 'notFound',
		what: `${label} does not know the ${deviceType} "${shownName(deviceId)}"`,
		userAction: `Choose the ${deviceType} from the list again, with the credential of the account that it belongs to`,
		notExecuted: true,
	};
}

/** For "all devices" of a credential that has none: an empty sweep is not a success. */
export function noDevices(deviceType: DeviceType, label: string): FailureFacts {
	return {
		reason: 'notFound',
		what: `${label} lists no ${deviceType} for this credential`,
		userAction: `Connect a ${deviceType} to the account, or choose the credential of the account that has one`,
		notExecuted: true,
		ofOneDevice: false,
	};
}
