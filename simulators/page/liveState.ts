import type { Request, Response } from 'express';

const LOOK_EVERY_MS = 250;
const RECONNECT_AFTER_MS = 1000;

/** Streams a state to browsers as Server-Sent Events: at once, and after each change. */
export class LiveState {
	readonly #describe: () => unknown;
	#watchers = new Set<Response>();
	#timer: NodeJS.Timeout | undefined;
	#latest = '';

	constructor(describe: () => unknown) {
		this.#describe = describe;
	}

	watch(request: Request, response: Response): void {
		response.status(200).type('text/event-stream').write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
		this.look();
		this.#send(response);
		this.#watchers.add(response);
		this.#timer ??= setInterval(() => this.look(), LOOK_EVERY_MS);
		request.once('close', () => this.#forget(response));
	}

	/** Sends the state if it has changed. */
	look(): void {
		const state = JSON.stringify(this.#describe());
		if (state === this.#latest) return;
		this.#latest = state;
		this.#watchers.forEach((response) => this.#send(response));
	}

	#send(response: Response): void {
		response.write(`data: ${this.#latest}\n\n`);
	}

	#forget(response: Response): void {
		this.#watchers.delete(response);
		if (this.#watchers.size > 0) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
	}
}
