/** Seam's wire shapes as far as the simulator uses them. Other members are passed through. */

export interface SeamDeviceError {
	error_code: string;
	message: string;
	created_at: string;
	is_device_error: boolean;
}

export interface SeamBattery {
	/** 0 to 1. */
	level: number;
	status: 'critical' | 'low' | 'good' | 'full';
}

export interface SeamDeviceProperties {
	online: boolean;
	name: string;
	/** Absent while the lock is offline, and on locks that do not report it. */
	locked?: boolean;
	/** Absent on locks without a door sensor. */
	door_open?: boolean;
	battery?: SeamBattery;
	battery_level?: number;
	[property: string]: unknown;
}

export interface SeamDevice {
	device_id: string;
	device_type: string;
	workspace_id: string;
	connected_account_id: string;
	display_name: string;
	nickname?: string;
	created_at: string;
	is_managed: boolean;
	/** True: works now; false: not now; absent: the device cannot. */
	can_remotely_lock?: boolean;
	can_remotely_unlock?: boolean;
	location?: { location_name?: string; room_name?: string; time_zone?: string };
	custom_metadata: Record<string, string | boolean>;
	errors: SeamDeviceError[];
	properties: SeamDeviceProperties;
	[member: string]: unknown;
}

export interface SeamEvent {
	event_id: string;
	event_type: string;
	workspace_id: string;
	device_id?: string;
	connected_account_id?: string;
	access_code_id?: string;
	/** ISO 8601: when Seam created the event. */
	created_at: string;
	/** ISO 8601: when it happened. */
	occurred_at: string;
	[member: string]: unknown;
}

export type SeamActionType = 'LOCK_DOOR' | 'UNLOCK_DOOR';

/** Of a request about codes. */
export type SeamCodeActionType =
	'CREATE_ACCESS_CODE' | 'UPDATE_ACCESS_CODE' | 'DELETE_ACCESS_CODE' | 'SIMULATE_KEYPAD_CODE_ENTRY';

export interface SeamActionAttempt {
	action_attempt_id: string;
	action_type: SeamActionType | SeamCodeActionType;
	status: 'pending' | 'success' | 'error';
	result: { was_confirmed_by_device?: boolean; [member: string]: unknown } | null;
	error: { type: string; message: string } | null;
}
