import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

const LEFT = 'http.client.request.start';

/** The open requests of this process, whose time-outs can pass without a wait. */
export class RequestTimeouts {
	private readonly open = new Set<ClientRequest>();

	watch(): void {
		subscribe(LEFT, this.onLeft);
	}

	stop(): void {
		unsubscribe(LEFT, this.onLeft);
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
}
