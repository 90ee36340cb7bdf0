/** Openings of a car in `/doors`, in the order of the API before August 2026. */
export const DOOR_NAMES = [
	'centralLock',
	'frontLeftDoor',
	'frontRightDoor',
	'rearLeftDoor',
	'rearRightDoor',
	'hood',
	'tailgate',
	'tankLid',
] as const;

export const WINDOW_NAMES = [
	'frontLeftWindow',
	'frontRightWindow',
	'rearLeftWindow',
	'rearRightWindow',
	'sunroof',
] as const;

export type DoorName = (typeof DOOR_NAMES)[number];
export type WindowName = (typeof WINDOW_NAMES)[number];

/**
 * `LOCKED`, `UNLOCKED` for the central lock; `OPEN`, `CLOSED`, `AJAR` for the others;
 * `UNSPECIFIED`. The vendor types them as plain strings, so a simulated car may use any other word
 * as well.
 */
export type StatusValue = string;

export const isOpen = (value: StatusValue | undefined): boolean =>
	value === 'OPEN' || value === 'AJAR';

/** A value as the cloud last got it from the car. */
export interface ReportedValue {
	value: StatusValue;
	/** ISO 8601: when the car reported it. */
	timestamp: string;
}

/** The car's true state. The car does not report what is missing. */
export interface CarStatus {
	doors: Partial<Record<DoorName, StatusValue>>;
	windows: Partial<Record<WindowName, StatusValue>>;
}

/** What the API returns: the car pushes snapshots, and a read fetches nothing from it. */
export interface ReportedStatus {
	doors: Partial<Record<DoorName, ReportedValue>>;
	windows: Partial<Record<WindowName, ReportedValue>>;
}

export const VOLVO_COMMANDS = [
	'LOCK',
	'LOCK_REDUCED_GUARD',
	'UNLOCK',
	'HONK',
	'FLASH',
	'HONK_AND_FLASH',
	'CLIMATIZATION_START',
	'CLIMATIZATION_STOP',
] as const;
export type VolvoCommand = (typeof VOLVO_COMMANDS)[number];

export const UNAVAILABLE_REASONS = [
	'UNSPECIFIED',
	'NO_INTERNET',
	'POWER_SAVING_MODE',
	'CAR_IN_USE',
] as const;

export interface Availability {
	value: 'UNSPECIFIED' | 'AVAILABLE' | 'UNAVAILABLE';
	unavailableReason: (typeof UNAVAILABLE_REASONS)[number] | null;
	/** ISO 8601. */
	timestamp: string;
}

export interface VehicleDetails {
	model: string;
	modelYear: number;
	gearbox: 'AUTOMATIC' | 'MANUAL';
	fuelType: string;
	externalColour: string | null;
	/** Null on cars without a traction battery. */
	batteryCapacityKWH: number | null;
	upholstery: string;
	steering: 'LEFT' | 'RIGHT';
}

export interface VolvoVehicle {
	vin: string;
	details: VehicleDetails;
	car: CarStatus;
	reported: ReportedStatus;
	availability: Availability;
	/** What `/commands` lists. The car supports nothing else. */
	commands: VolvoCommand[];
	/** `tailgate`: an unlock arms the tailgate's handle; opening it unlocks the doors. */
	unlocks: 'doors' | 'tailgate';
	/** ISO 8601: until when opening the tailgate unlocks the doors; null: not armed. */
	tailgateArmedUntil: string | null;
}

/** All commands of v2. v1's page knows the first ten. */
export const INVOKE_STATUSES = [
	'RUNNING',
	'WAITING',
	'COMPLETED',
	'REJECTED',
	'UNKNOWN',
	'TIMEOUT',
	'CONNECTION_FAILURE',
	'VEHICLE_IN_SLEEP',
	'UNLOCK_TIME_FRAME_PASSED',
	'UNABLE_TO_LOCK_DOOR_OPEN',
	'EXPIRED',
	'SENT',
	'NOT_SUPPORTED',
	'CAR_IN_SLEEP_MODE',
	'DELIVERED',
	'DELIVERY_TIMEOUT',
	'SUCCESS',
	'CAR_TIMEOUT',
	'CAR_ERROR',
	'NOT_ALLOWED_PRIVACY_ENABLED',
	'NOT_ALLOWED_WRONG_USAGE_MODE',
	'INVOCATION_SPECIFIC_ERROR',
] as const;
export type InvokeStatus = (typeof INVOKE_STATUSES)[number];
