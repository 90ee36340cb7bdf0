import { Agent, request } from 'node:http';
import { isIPv4 } from 'node:net';

/** The exact bytes on the wire. */
export interface OutgoingDelivery {
	headers: Record<string, string>;
	body: string;
}

export interface PostAnswer {
	status: number;
	/** Shortened if it is long. */
	body: string;
}

const MOST_CONNECTIONS = 50;
const ANSWER_KEPT_CHARACTERS = 10_000;

const agent = new Agent({ maxSockets: MOST_CONNECTIONS });

const isLoopbackHost = (host: string): boolean =>
	host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));

/** A simulator sends nothing to another machine, whatever address was registered. */
function isLoopbackUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'http:' && isLoopbackHost(hostname);
}

/** Follows no redirect. Throws if there is no answer, or when `signal` aborts. */
export async function post(
	url: string,
	{ headers, body }: OutgoingDelivery,
	signal: AbortSignal,
): Promise<PostAnswer> {
	if (!isLoopbackUrl(url)) throw new Error('Only sent to http:// on this machine');
	const bytes = Buffer.from(body);
	const length = { 'Content-Length': String(bytes.length) };
	return await new Promise((resolve, reject) => {
		const options = { method: 'POST', headers: { ...headers, ...length }, agent, signal };
		const sent = request(url, options, (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (chunk: string) => {
				text = (text + chunk).slice(0, ANSWER_KEPT_CHARACTERS);
			});
			response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
			response.once('error', reject);
		});
		sent.once('error', reject);
		sent.end(bytes);
	});
}
