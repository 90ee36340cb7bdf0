import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

const LEFT = 'http.client.request.start';
const ARRIVED = 'http.server.request.start';
/** Turns of the event loop in which a simulator has done all that it will do at once. */
const TURNS_OF_A_SIMULATOR = 20;

/** The open requests of this process, whose time-outs can pass without a wait. */
export class RequestTimeouts {
	private readonly open = new Set<ClientRequest>();
	private onArrived = (_message: unknown) => {};

	watch(): void {
		subscribe(LEFT, this.onLeft);
	}

	stop(): void {
		unsubscribe(LEFT, this.onLeft);
		unsubscribe(ARRIVED, this.onArrived);
	}

	private readonly onLeft = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		this.open.add(request);
		request.once('close', () => this.open.delete(request));
	};

	/**
	 * The client then does what it does when its socket was silent for the whole time-out.
	 * @returns Milliseconds of the time-out.
	 */
	passFor({ socket }: IncomingMessage): number {
		const isOfSocket = (request: ClientRequest) => request.socket?.localPort === socket.remotePort;
		const asking = [...this.open].find(isOfSocket);
		if (asking === undefined) throw new Error('No request of this process has this connection');
		asking.emit('timeout');
		return asking.socket!.timeout!;
	}

	/**
	 * The next request to a path runs into its time-out, once the simulator has read it and has done
	 * what it does with it.
	 */
	passForNext(path: string): void {
		this.onArrived = (message: unknown) => {
			const { request } = message as { request: IncomingMessage };
			if (request.url !== path) return;
			unsubscribe(ARRIVED, this.onArrived);
			request.once('end', () => void this.passAfterTurns(request));
		};
		subscribe(ARRIVED, this.onArrived);
	}

	private async passAfterTurns(request: IncomingMessage): Promise<void> {
		for (let turn = 0; turn < TURNS_OF_A_SIMULATOR; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		this.passFor(request);
	}
}
