import { isoTime } from '../../shared/clock';
import type { EventLog } from '../eventLog';
import type { SeamStore } from '../seamStore';
import type { CodeRecord } from './codeRecord';
import { listDifferences } from './codeRecord';
import type { CodeSettings } from './codeSettings';
import type { CodeContent, PendingMutation } from './codeTypes';

const NO_DEVICE_TROUBLE = {
	connected_account_errors: [],
	connected_account_warnings: [],
};

const WIRE_FIELDS = {
	pin: 'code',
	name: 'name',
	startsAt: 'starts_at',
	endsAt: 'ends_at',
} as const;

function show(content: CodeContent, field: keyof typeof WIRE_FIELDS): string | null {
	const value = content[field];
	return typeof value === 'number' ? isoTime(value) : value;
}

/** Seam's events about codes. They never carry the name, and many carry the PIN. */
export class CodeEvents {
	readonly #events: EventLog;
	readonly #store: SeamStore;

	constructor(events: EventLog, store: SeamStore) {
		this.#events = events;
		this.#store = store;
	}

	/** An event without the PIN. */
	add(record: CodeRecord, type: string, at: number, more: Record<string, unknown> = {}): void {
		this.#events.add({
			event_type: `access_code.${type}`,
			device_id: record.deviceId,
			access_code_id: record.id,
			created_at: isoTime(at),
			...more,
		});
	}

	/** An event with the PIN. */
	addWithPin(record: CodeRecord, type: string, at: number): void {
		this.add(record, type, at, { code: record.wanted.pin });
	}

	/** An event with everything that is wrong. */
	addTrouble(record: CodeRecord, type: string, at: number): void {
		const device = this.#store.findDevice(record.deviceId);
		this.add(record, type, at, {
			access_code_errors: record.errors,
			access_code_warnings: record.warnings,
			device_errors: device?.errors ?? [],
			device_warnings: device?.warnings ?? [],
			...NO_DEVICE_TROUBLE,
		});
	}

	addRequested(record: CodeRecord, mutations: PendingMutation[], at: number): void {
		const requested_mutations = mutations.map(({ mutation_code, from, to }) => ({
			mutation_code,
			from,
			to,
		}));
		this.add(record, 'mutations_requested', at, { requested_mutations });
	}

	/** The events of a change that has been made. */
	addChanged(record: CodeRecord, from: CodeContent, to: CodeContent, at: number): void {
		const fields = listDifferences(from, to);
		if (fields.length === 0) return;
		const changed_properties = fields.map((field) => ({
			property: WIRE_FIELDS[field],
			from: show(from, field),
			to: show(to, field),
		}));
		const change_reason = 'modified_via_api';
		this.add(record, 'changed', at, { changed_properties, change_reason });
		const description = 'The access code was changed through the API.';
		if (fields.includes('pin')) {
			const codes = { from: { code: from.pin }, to: { code: to.pin } };
			this.add(record, 'code_changed', at, { ...codes, description });
		}
		if (fields.includes('name')) {
			const names = { from: { name: from.name }, to: { name: to.name } };
			this.add(record, 'name_changed', at, { ...names, description });
		}
		if (fields.includes('startsAt') || fields.includes('endsAt')) {
			const times = (content: CodeContent) => ({
				starts_at: show(content, 'startsAt'),
				ends_at: show(content, 'endsAt'),
			});
			const frames = { from: times(from), to: times(to), description };
			this.add(record, 'time_frame_changed', at, frames);
		}
	}

	/** The newer events, which SDKs do not know yet. */
	addIssuing(record: CodeRecord, type: string, at: number, settings: CodeSettings): void {
		if (!settings.issuingEvents) return;
		if (type === 'issued') this.addWithPin(record, type, at);
		else this.addTrouble(record, type, at);
	}
}
