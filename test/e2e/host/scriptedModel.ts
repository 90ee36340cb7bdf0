import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import type { IDataObject } from 'n8n-workflow';
import { LOOPBACK } from './ports';

/** A tool as n8n describes it to a model. */
interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, IDataObject>; required?: string[] };
}

interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string | null;
}

interface ChatRequest {
	messages: Message[];
	tools: Array<{ type: 'function'; function: OfferedTool }>;
	stream?: boolean;
}

interface Choice {
	reason: 'stop' | 'tool_calls';
	message: { content: string | null; tool_calls?: IDataObject[] };
}

/**
 * Stands in for a language model, and for nothing else, on the wire of OpenAI's chat completions:
 * it calls the one tool that it is offered as often as the test says, then repeats what the tool
 * answered.
 */
export class ScriptedModel {
	/** The tool as it was described with the last question. */
	offered?: OfferedTool;
	/** What the tool's calls have given, in the words that n8n passes on. */
	told: string[] = [];
	#calls: IDataObject[] = [];
	readonly #server: Server;

	private constructor() {
		const answer: RequestHandler = ({ body }, response) => {
			const question = body as ChatRequest;
			const choice = this.#answer(question);
			if (question.stream) response.type('text/event-stream').send(asStream(choice));
			else response.json(completion(choice));
		};
		const app = express().use(express.json({ limit: '5mb' }));
		this.#server = app.post('/v1/chat/completions', answer).listen(0, LOOPBACK);
	}

	static async start(): Promise<ScriptedModel> {
		const model = new ScriptedModel();
		await new Promise((resolve, reject) => {
			model.#server.once('listening', resolve).once('error', reject);
		});
		return model;
	}

	/** For the field Base URL of n8n's OpenAI credential. */
	get url(): string {
		return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}/v1`;
	}

	/** The arguments of the calls that it is to make, one after the other. */
	willCall(...calls: IDataObject[]): void {
		this.told = [];
		this.#calls = calls;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#answer({ messages, tools }: ChatRequest): Choice {
		this.offered = tools[0]!.function;
		this.told = messages.filter(({ role }) => role === 'tool').map(({ content }) => content ?? '');
		const call = this.#calls[this.told.length];
		if (call !== undefined) return { reason: 'tool_calls', message: this.#callTool(call) };
		return { reason: 'stop', message: { content: `The tool says: ${this.told.at(-1)}` } };
	}

	#callTool(call: IDataObject): Choice['message'] {
		const { name } = this.offered!;
		const called = { name, arguments: JSON.stringify(call) };
		// n8n takes a second call with the id of the first for the same
		const id = `call_${this.told.length}`;
		return { content: null, tool_calls: [{ id, type: 'function', function: called }] };
	}
}

const ANSWER = {
	id: 'chatcmpl-1',
	created: 0,
	model: 'scripted',
	usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
};

const completion = ({ reason, message }: Choice): IDataObject => ({
	...ANSWER,
	object: 'chat.completion',
	choices: [{ index: 0, finish_reason: reason, message: { role: 'assistant', ...message } }],
});

/** The same as server-sent events: all of the message at once, then its end. */
function asStream({ reason, message: { content, tool_calls: calls } }: Choice): string {
	const delta = {
		role: 'assistant',
		content,
		tool_calls: calls?.map((call, index) => ({ index, ...call })),
	};
	const choices = [
		{ index: 0, delta, finish_reason: null },
		{ index: 0, delta: {}, finish_reason: reason },
	];
	const chunks = choices.map((choice) =>
		JSON.stringify({ ...ANSWER, object: 'chat.completion.chunk', choices: [choice] }),
	);
	return [...chunks, '[DONE]'].map((chunk) => `data: ${chunk}\n\n`).join('');
}
