import type { Router } from 'express';
import { z } from 'zod';
import { controlBody } from '../../shared/control';
import { InvalidInput, NotFound, readInput } from '../../shared/input';
import { timestamp } from '../endpoint';
import type { AccessCodes } from './accessCodes';
import type { LockEntry, SeamAccessCode } from './codeTypes';
import type { Keypad, KeypadResult } from './keypad';
import type { CodeSettings } from './codeSettings';

const PIN = z.string().regex(/^\d+$/, 'consists of digits');

const BY_HAND = z
	.object({
		device_id: z.string(),
		code: PIN,
		name: z.string().nullable().default(null),
		starts_at: timestamp.optional(),
		ends_at: timestamp.optional(),
	})
	.strict();

const HAND_CHANGE = z.object({ code: PIN, name: z.string() }).partial().strict();
const ENTRY = z.object({ code: PIN }).strict();

export type CodeByHand = z.input<typeof BY_HAND>;
export type HandChange = z.input<typeof HAND_CHANGE>;

const toTime = (text: string | undefined): number | null =>
	text === undefined ? null : Date.parse(text);

/** What people and tests do with the codes on the locks, without Seam. */
export class CodeDesk {
	readonly #codes: AccessCodes;
	readonly #keypad: Keypad;

	constructor(codes: AccessCodes, keypad: Keypad) {
		this.#codes = codes;
		this.#keypad = keypad;
	}

	/** As Seam shows them, of all workspaces. */
	list(): SeamAccessCode[] {
		this.#codes.settle();
		return structuredClone(this.#codes.all().map((record) => this.#codes.show(record)));
	}

	/** What the lock itself holds. */
	onLock(deviceId: string): LockEntry[] {
		this.#codes.settle();
		return this.#codes.memory.of(deviceId).map((entry) => ({ ...entry }));
	}

	enter(deviceId: string, pin: string): KeypadResult {
		return this.#keypad.enter(deviceId, pin);
	}

	get settings(): CodeSettings {
		return this.#codes.settings;
	}

	change(change: Partial<CodeSettings>): CodeSettings {
		return this.#codes.change(change);
	}

	/** Somebody adds a code at the lock. Throws `InvalidInput`, or `NotFound`. */
	add(wanted: CodeByHand): LockEntry {
		this.#codes.settle();
		const { device_id, code, name, starts_at, ends_at } = readInput(BY_HAND, wanted);
		const times = { startsAt: toTime(starts_at), endsAt: toTime(ends_at) };
		if (this.#codes.memory.findPin(device_id, code)) {
			throw new InvalidInput('code: is already on the lock');
		}
		return this.#codes.unmanaged.add(device_id, { pin: code, name, ...times });
	}

	/** Somebody changes a code at the lock. Seam notices it later. Throws as `add`. */
	edit(id: string, wanted: HandChange): LockEntry {
		this.#codes.settle();
		const { deviceId, entry } = this.#find(id);
		const { code = entry.pin, name = entry.name } = readInput(HAND_CHANGE, wanted);
		const changed = { ...entry, pin: code, name };
		this.#codes.memory.put(deviceId, changed);
		this.#noticeLater(id, 'modified');
		return changed;
	}

	/** Somebody removes a code at the lock. Seam notices it later. Throws `NotFound`. */
	remove(id: string): void {
		this.#codes.settle();
		const { deviceId, entry } = this.#find(id);
		if (!entry.isManaged) return this.#codes.unmanaged.remove(deviceId, id);
		this.#codes.memory.remove(deviceId, id);
		this.#noticeLater(id, 'removed');
	}

	#find(id: string): { deviceId: string; entry: LockEntry } {
		for (const { device_id: deviceId } of this.#codes.store.devices) {
			const entry = this.#codes.memory.find(deviceId, id);
			if (entry) return { deviceId, entry };
		}
		throw new NotFound(`There is no code ${id} on a lock`);
	}

	#noticeLater(id: string, kind: 'modified' | 'removed'): void {
		const record = this.#codes.get(id);
		if (!record) return;
		const minutes = this.#codes.settings.noticesAfterMinutes;
		record.handChange = { noticedAt: this.#codes.clock.now() + minutes * 60_000, kind };
		this.#codes.settle();
	}
}

const entriesOf = (desk: CodeDesk, codes: AccessCodes) =>
	Object.fromEntries(codes.store.devices.map(({ device_id: id }) => [id, desk.onLock(id)]));

export function addCodeControls(router: Router, codes: AccessCodes, desk: CodeDesk): void {
	router.get('/codes', (_request, response) => {
		response.json({ codes: desk.list(), onLocks: entriesOf(desk, codes) });
	});
	router.post('/codes', (request, response) => {
		response.json(desk.add(controlBody(request) as CodeByHand));
	});
	router.patch('/codes/:id', (request, response) => {
		response.json(desk.edit(request.params.id, controlBody(request)));
	});
	router.delete('/codes/:id', (request, response) => {
		desk.remove(request.params.id);
		response.json({});
	});
	router.post('/devices/:id/keypad', (request, response) => {
		const { code } = readInput(ENTRY, controlBody(request));
		response.json(desk.enter(request.params.id, code));
	});
	router.patch('/settings', (request, response) => {
		response.json(desk.change(controlBody(request)));
	});
}
