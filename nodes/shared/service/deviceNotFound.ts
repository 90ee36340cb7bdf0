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
