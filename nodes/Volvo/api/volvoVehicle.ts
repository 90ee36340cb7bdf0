import { recordOf, textOf } from '../../shared/basics/guards';
import { Failure, shownName, withDeviceName, type FailureFacts } from '../../shared/model/failure';
import type { ListedDevice } from '../../shared/service/lockService';

/** One of these is in every answer about a vehicle. */
const DETAILS = ['vin', 'descriptions', 'modelYear', 'fuelType', 'externalColour'];

export const NO_LIST: FailureFacts = {
	reason: 'upstream',
	what: "Volvo's answer contains no list of vehicles",
	userAction: "Check the credential's Environment and Host",
};

export function isVehicle(details: unknown): boolean {
	return DETAILS.some((name) => name in recordOf(details));
}

/**
 * A vehicle of the list.
 * @param found Its details. If they cannot be read, its VIN is its name, and `problems` says why.
 */
export function listedVehicle(vin: string, found: unknown): ListedDevice {
	const problems =
		found instanceof Failure ? [withDeviceName(found, `Vehicle ${shownName(vin)}`).message] : [];
	const data = recordOf(found instanceof Failure ? undefined : found);
	return {
		deviceId: vin,
		name: nameIn(data) ?? vin,
		details: {
			model: textOf(recordOf(data.descriptions).model) ?? null,
			modelYear: Number(data.modelYear) || null,
			fuelType: textOf(data.fuelType) ?? null,
			colour: textOf(data.externalColour) ?? null,
			problems,
		},
		raw: data,
	};
}

export function nameIn(details: unknown): string | undefined {
	const { descriptions, modelYear } = recordOf(details);
	const parts = [textOf(recordOf(descriptions).model), Number(modelYear) || null];
	return parts.filter(Boolean).join(' ') || undefined;
}
