/**
 * The true content of an answer, derived from its JSON by the rules of this file alone. It is
 * stricter than a reader has to be: an answer that contradicts itself reports nothing.
 */
export interface Truth {
	/** It is stated, and never contradicted. */
	isLocked: boolean;
	isUnlocked: boolean;
	/**
	 * Doors and windows are reported, all as closed, and so is everything else that lets somebody in.
	 */
	isShut: boolean;
	/** At least one window or a sunroof is reported, and all of them are closed. */
	areWindowsShut: boolean;
}

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Whether there are statements, and all of them agree. */
const agree = <Word>(said: readonly Word[], word: Word) =>
	said.length > 0 && said.every((each) => each === word);

const EVERYTHING = 'everything';
/** In the status of an event the doors have to be reported, and windows count if they were read. */
export const WHAT_WAS_READ = 'what was read';
type Counts = typeof EVERYTHING | typeof WHAT_WAS_READ;

/** Smartcar v2.0, `GET /security`. */
export function truthOfSecurity(answer: unknown, counts: Counts = EVERYTHING): Truth {
	const body = objectOf(answer);
	// an entry without a part and a state says nothing
	const said = (list: string) =>
		objectsIn(body[list])
			.filter((entry) => 'type' in entry || 'status' in entry)
			.map(({ status }) => status);
	const [doors, windows, sunroof, storage] = ['doors', 'windows', 'sunroof', 'storage'].map(said);
	return {
		isLocked: body.isLocked === true,
		isUnlocked: body.isLocked === false,
		isShut:
			agree(doors!, 'CLOSED') &&
			(agree(windows!, 'CLOSED') || (counts === WHAT_WAS_READ && windows!.length === 0)) &&
			[...sunroof!, ...storage!].every((status) => status === 'CLOSED'),
		areWindowsShut: agree([...windows!, ...sunroof!], 'CLOSED'),
	};
}

interface SaidSignal {
	code: unknown;
	isGood: boolean;
	isNotThere: boolean;
	body: Json;
}

/**
 * A signal with a body and no status is the form of older pages about the webhook; a serializer may
 * write null for none.
 */
function signalOf(entry: Json): SaidSignal {
	const attributes = isObject(entry.attributes) ? entry.attributes : entry;
	const { code, status, body } = attributes;
	const { value, error } = objectOf(status);
	return {
		code: typeof code === 'string' && code !== '' ? code : entry.id,
		isGood: value === 'SUCCESS' || (status ?? null) === null,
		isNotThere: objectOf(error).type === 'COMPATIBILITY',
		body: objectOf(body),
	};
}

const CLOSURES = [
	'closure-enginecover',
	'closure-fronttrunk',
	'closure-reartrunk',
	'closure-tailgate',
	'closure-sunroof',
];

/** Smartcar v3, `data` of `/signals`, and `data.signals` of a webhook. */
export function truthOfSignals(list: unknown, counts: Counts = EVERYTHING): Truth {
	const signals = objectsIn(list).map(signalOf);
	const called = (name: string) => signals.filter(({ code }) => code === name);
	const locks = called('closure-islocked')
		.filter(({ isGood }) => isGood)
		.map(({ body }) => body.value)
		.filter((value) => typeof value === 'boolean');
	const grid = (name: 'doors' | 'windows') =>
		called(`closure-${name}`).flatMap(({ isGood, body }) => {
			const places = [...objectsIn(body.values), ...objectsIn(body[name])];
			const said = places.filter((place) => 'isOpen' in place || 'row' in place);
			return said.map(({ isOpen }) => (isGood ? isOpen : undefined));
		});
	const other = signals
		.filter(({ code, isNotThere }) => CLOSURES.includes(String(code)) && !isNotThere)
		.map(({ code, isGood, body }) => [code, isGood ? body.isOpen : undefined]);
	const roof = other.filter(([code]) => code === 'closure-sunroof').map(([, isOpen]) => isOpen);
	return {
		isLocked: agree(locks, true),
		// if two disagree, the less safe one counts
		isUnlocked: locks.includes(false),
		isShut:
			agree(grid('doors'), false) &&
			(agree(grid('windows'), false) ||
				(counts === WHAT_WAS_READ && called('closure-windows').length === 0)) &&
			other.every(([, isOpen]) => isOpen === false),
		areWindowsShut: agree([...grid('windows'), ...roof], false),
	};
}

const VOLVO_LOCKS = ['centralLock', 'carLocked'];
const VOLVO_FLAPS = ['tankLid', 'tankLidOpen', 'cap'];
const SEATS = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight'];
const seatsOf = (part: string) =>
	SEATS.flatMap((seat) => [seat, `${seat}${part}`, `${seat}${part}Open`]);
const VOLVO_DOORS = seatsOf('Door');
const VOLVO_LIDS = ['hood', 'hoodOpen', 'tailgate', 'tailGate', 'tailGateOpen'];
const VOLVO_WINDOWS = seatsOf('Window');
const VOLVO_ROOFS = ['sunroof', 'sunRoofOpen'];

/** `data` of an answer, or the answer itself: both forms are recorded. */
const volvoData = (answer: unknown): Json => {
	const body = objectOf(answer);
	return Object.hasOwn(body, 'data') ? objectOf(body.data) : body;
};

const saidIn = (data: Json, names: readonly string[]) =>
	names.filter((name) => Object.hasOwn(data, name)).map((name) => objectOf(data[name]).value);

/** Anything reported as open is open, under any name. */
const hasOpen = (data: Json, except: readonly string[] = []) =>
	Object.entries(data).some(
		([name, member]) =>
			!except.includes(name) && ['OPEN', 'AJAR'].includes(String(objectOf(member).value)),
	);

/** Volvo, `/doors` and `/windows` of either version. */
export function truthOfVolvo(doorsAnswer: unknown, windowsAnswer: unknown): Truth {
	const [doors, windows] = [volvoData(doorsAnswer), volvoData(windowsAnswer)];
	const locks = saidIn(doors, VOLVO_LOCKS).filter((word) =>
		['LOCKED', 'UNLOCKED'].includes(String(word)),
	);
	const panes = saidIn(windows, VOLVO_WINDOWS);
	const roof = saidIn(windows, VOLVO_ROOFS);
	const areWindowsShut = agree([...panes, ...roof], 'CLOSED') && !hasOpen(windows);
	return {
		isLocked: agree(locks, 'LOCKED'),
		isUnlocked: locks.includes('UNLOCKED'),
		isShut:
			agree(saidIn(doors, VOLVO_DOORS), 'CLOSED') &&
			saidIn(doors, VOLVO_LIDS).every((word) => word === 'CLOSED') &&
			!hasOpen(doors, VOLVO_FLAPS) &&
			panes.length > 0 &&
			areWindowsShut,
		areWindowsShut,
	};
}

/** Seam's `device`. The last state of an offline lock is not its known state. */
export function truthOfDevice(device: unknown): Truth {
	const properties = objectOf(objectOf(device).properties);
	const isOnline = properties.online !== false;
	return {
		isLocked: isOnline && properties.locked === true,
		isUnlocked: isOnline && properties.locked === false,
		isShut: !Object.hasOwn(properties, 'door_open') || (isOnline && properties.door_open === false),
		areWindowsShut: false,
	};
}

export type SaidEvidence = 'verified' | 'acknowledged' | 'sent' | 'unknown' | 'none';
export const STRENGTH: Record<SaidEvidence, number> = {
	none: 0,
	unknown: 1,
	sent: 2,
	acknowledged: 3,
	verified: 4,
};

export interface SaidOfCommand {
	/** The strongest evidence that any of the answers allows. */
	most: SaidEvidence;
	/** The answer itself says that nothing was done. */
	isRefused: boolean;
}

/** Seam: `action_attempt` of an answer. */
export function saidByAttempt(answer: unknown): SaidOfCommand {
	const { status, result } = objectOf(objectOf(answer).action_attempt);
	const isConfirmed = objectOf(result).was_confirmed_by_device === true;
	if (status === 'success') {
		return { most: isConfirmed ? 'verified' : 'acknowledged', isRefused: false };
	}
	return {
		most: typeof status === 'string' && status !== '' ? 'sent' : 'unknown',
		isRefused: false,
	};
}

const VOLVO_DONE = ['COMPLETED', 'DELIVERED', 'SUCCESS'];
const VOLVO_UNDER_WAY = ['WAITING', 'RUNNING', 'SENT'];
const VOLVO_REFUSED =
	/^(UNABLE_TO_LOCK_DOOR_OPEN|(CAR|VEHICLE)_IN_SLEEP(_MODE)?|REJECTED|NOT_SUPPORTED|NOT_ALLOWED_.*|UNLOCK_TIME_FRAME_PASSED|CONNECTION_FAILURE)$/;

/** Volvo: the answer to a command of either version, or to the check of its outcome. */
export function saidByVolvo(answer: unknown): SaidOfCommand {
	const body = objectOf(answer);
	const words = [objectOf(body.data).invokeStatus, body.invokeStatus, objectOf(body.async).status];
	const isSaid = (known: readonly unknown[]) => words.some((word) => known.includes(word));
	const most = isSaid(VOLVO_DONE) ? 'acknowledged' : isSaid(VOLVO_UNDER_WAY) ? 'sent' : 'unknown';
	return { most, isRefused: words.some((word) => VOLVO_REFUSED.test(String(word))) };
}

/** Smartcar: the answer to a command of either version. */
export function saidBySmartcar(answer: unknown): SaidOfCommand {
	const body = objectOf(answer);
	const { attributes } = objectOf(isObject(body.data) ? body.data : body);
	const { value, error } = objectOf(objectOf(attributes).status);
	const errors = [error, body, body.error, ...objectsIn(body.errors)].map(objectOf);
	// Smartcar's documents do not say which of its errors mean that nothing moved
	const isRefused = errors.some((each) => [each.type, each.code].some(isWord));
	if (value === 'SUCCESS') return { most: 'acknowledged', isRefused };
	const isTaken = value === 'PENDING' || body.status === 'success';
	return { most: isTaken ? 'sent' : 'unknown', isRefused };
}

const isWord = (value: unknown) => typeof value === 'string' && value !== '';
