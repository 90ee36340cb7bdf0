import type { IDataObject } from 'n8n-workflow';

interface McpAnswer {
	result?: { tools?: IDataObject[]; content?: Array<{ text: string }>; isError?: boolean };
	error?: { message: string };
}

/** A client of n8n's MCP Server Trigger, by its streamable HTTP. */
export class McpClient {
	#session: string | undefined;
	#id = 0;

	private constructor(readonly url: string) {}

	static async connect(url: string): Promise<McpClient> {
		const client = new McpClient(url);
		const clientInfo = { name: 'a test', version: '1' };
		await client.#ask('initialize', {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo,
		});
		await client.#ask('notifications/initialized');
		return client;
	}

	async tools(): Promise<IDataObject[]> {
		return (await this.#ask('tools/list'))?.result?.tools ?? [];
	}

	/** What a model would read of the call. */
	async call(name: string, args: IDataObject): Promise<string> {
		const answer = await this.#ask('tools/call', { name, arguments: args });
		return answer?.result?.content?.map(({ text }) => text).join() ?? answer?.error?.message ?? '';
	}

	async #ask(method: string, params: IDataObject = {}): Promise<McpAnswer | undefined> {
		const isNotice = method.startsWith('notifications/');
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(this.#session && { 'mcp-session-id': this.#session }),
			},
			body: JSON.stringify({
				jsonrpc: '2.0',
				method,
				params,
				...(!isNotice && { id: ++this.#id }),
			}),
		});
		this.#session ??= response.headers.get('mcp-session-id') ?? undefined;
		const text = await response.text();
		if (isNotice) return undefined;
		// an event stream has the answer in its line `data:`
		const json = /^data: (.*)$/m.exec(text)?.[1] ?? text;
		return JSON.parse(json) as McpAnswer;
	}
}
