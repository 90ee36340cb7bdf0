import fc from 'fast-check';

/**
 * Structural damage to JSON: what a service, a proxy or a new API version might do to an answer.
 */

const ODD_TIMES = [
	'0001-01-01T00:00:00Z',
	'1969-12-31T23:59:59Z',
	'2262-04-11T23:47:16.854775807Z',
	'+275760-09-13T00:00:00.000Z',
	'2026-11-21T22:20:00',
	'2026-11-21 22:20',
	'24:00',
	0,
	-1,
	1795299600,
	1795299600000,
	1795299600000000000,
];
const ODD_NUMBERS = [0, -0, -1, 0.5, 2 ** 31, 2 ** 53, 1e21, 1e308, -1e308];
/** Words of all three services, in and out of place, and some unknown ones. */
const WORDS = [
	'OPEN',
	'CLOSED',
	'AJAR',
	'LOCKED',
	'UNLOCKED',
	'UNKNOWN',
	'UNSPECIFIED',
	'open',
	'Closed',
	'locked',
	'JAMMED',
	'DEADLOCKED',
	'SUCCESS',
	'ERROR',
	'PENDING',
	'FAILURE',
	'success',
	'error',
	'pending',
	'COMPLETED',
	'DELIVERED',
	'RUNNING',
	'REJECTED',
	'EXPIRED',
	'CAR_ERROR',
	'TIMEOUT',
	'VEHICLE_IN_SLEEP',
	'COMPATIBILITY',
	'PERMISSION',
	'backCenter',
	'frunk',
	'middleDoor',
	'lock.locked',
	'lock.unlocked',
	'FIRST_DELIVERY',
	'constructor',
	'__proto__',
	'toString',
	'',
	' ',
	'true',
	'ä🔒\u0000\u2028',
];
const ODD_VALUES = [null, true, false, [], {}, [null], [[]], { value: null }, 'x'.repeat(70_000)];
const MEMBERS = [
	'__proto__',
	'constructor',
	'hasOwnProperty',
	'toString',
	'data',
	'value',
	'values',
	'status',
	'error',
	'errors',
	'type',
	'code',
	'body',
	'isOpen',
	'isLocked',
	'locked',
	'door_open',
	'online',
	'centralLock',
	'carLocked',
	'middleDoor',
	'doors',
	'windows',
	'timestamp',
	'message',
];
const DEEP = 100;

const KINDS = [
	'drop',
	'replace',
	'repeat',
	'contradict',
	'add',
	'rename',
	'flip',
	'list',
	'unlist',
	'deepen',
	'empty',
] as const;

interface Mutation {
	kind: (typeof KINDS)[number];
	/** The member it affects, counted through the whole answer. */
	at: number;
	value: unknown;
	name: string;
}

const VALUES = [...ODD_TIMES, ...ODD_NUMBERS, ...WORDS, ...ODD_VALUES];

const mutation: fc.Arbitrary<Mutation> = fc.record({
	kind: fc.constantFrom(...KINDS),
	at: fc.nat(400),
	value: fc.constantFrom<unknown>(...VALUES),
	name: fc.constantFrom(...MEMBERS),
});

/** One of these answers with up to five mutations. Shrinks to the fewest. */
export function mutated<Sample>(samples: readonly Sample[]): fc.Arbitrary<Sample> {
	return fc
		.tuple(fc.nat(samples.length - 1), fc.array(mutation, { maxLength: 5 }))
		.map(([index, mutations]) => {
			const root = { answer: structuredClone(samples[index]!) };
			for (const each of mutations) mutate(root, each);
			return root.answer;
		});
}

type Container = Record<string, unknown> | unknown[];

/** Every member of a JSON tree, as its object or list and its key. */
function membersOf(value: unknown, found: Array<[Container, string]> = []) {
	if (typeof value !== 'object' || value === null || found.length > 1000) return found;
	for (const key of Object.keys(value)) {
		found.push([value as Container, key]);
		membersOf((value as Record<string, unknown>)[key], found);
	}
	return found;
}

function mutate(root: { answer: unknown }, { kind, at, value, name }: Mutation): void {
	const members = membersOf(root);
	const member = members[at % Math.max(1, members.length)];
	// an earlier mutation has removed everything
	if (member === undefined) return void (root.answer = structuredClone(value));
	const [container, key] = member;
	const old = (container as Record<string, unknown>)[key];
	const put = (newValue: unknown) => set(container, key, newValue);
	switch (kind) {
		case 'drop':
			if (Array.isArray(container)) container.splice(Number(key), 1);
			else delete container[key];
			return;
		case 'replace':
			return put(structuredClone(value));
		case 'repeat':
			if (Array.isArray(container)) container.push(structuredClone(old));
			else set(container, name, structuredClone(old));
			return;
		case 'contradict': {
			const other = structuredClone(old);
			membersOf(other).forEach(([inner, innerKey]) =>
				set(inner, innerKey, opposite(inner, innerKey)),
			);
			if (Array.isArray(container)) container.push(other);
			else put(opposite(container, key));
			return;
		}
		case 'add':
			if (typeof old === 'object' && old !== null)
				set(old as Container, name, structuredClone(value));
			return;
		case 'rename':
			if (Array.isArray(container)) return;
			delete container[key];
			return set(container, name, old);
		case 'flip':
			return put(opposite(container, key));
		case 'list':
			return put([old]);
		case 'unlist':
			if (Array.isArray(old)) put({ ...old });
			else if (typeof old === 'object' && old !== null) put(Object.values(old));
			return;
		case 'deepen':
			return put(deepened(old, at % 2 === 0));
		case 'empty':
			return put(Array.isArray(old) ? [] : typeof old === 'string' ? '' : {});
	}
}

/** As in JSON.parse: `__proto__` is a normal member, and a list has no named members. */
function set(container: Container, key: string, value: unknown): void {
	if (Array.isArray(container) && !/^\d+$/.test(key)) return void container.push(value);
	Object.defineProperty(container, key, {
		value,
		configurable: true,
		enumerable: true,
		writable: true,
	});
}

const OPPOSITES: ReadonlyArray<readonly [string, string]> = [
	['OPEN', 'CLOSED'],
	['LOCKED', 'UNLOCKED'],
	['SUCCESS', 'ERROR'],
	['success', 'error'],
	['lock.locked', 'lock.unlocked'],
];

function opposite(container: Container, key: string): unknown {
	const value = (container as Record<string, unknown>)[key];
	if (typeof value === 'boolean') return !value;
	if (typeof value !== 'string') return value;
	const pair = OPPOSITES.find((words) => words.includes(value));
	return pair === undefined ? value : pair.find((word) => word !== value);
}

function deepened(value: unknown, isList: boolean): unknown {
	let nested = value;
	for (let depth = 0; depth < DEEP; depth++) nested = isList ? [nested] : { a: nested };
	return nested;
}
