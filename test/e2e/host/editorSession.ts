import axios, { isAxiosError, type AxiosInstance, type Method } from 'axios';
import { freshConnections } from './freshConnections';

export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

/** Who every n8n here belongs to. One that runs elsewhere may have another owner. */
export const OWNER: Owner = {
	email: process.env.N8N_E2E_EMAIL || 'owner@example.com',
	firstName: 'Olivia',
	lastName: 'Owner',
	password: process.env.N8N_E2E_PASSWORD || 'Simulated-1',
};

const REQUEST_MS = 60_000;

/** The HTTP status with which n8n refused a request of an `EditorSession`. */
export const statusOf = (error: unknown): number | undefined =>
	error instanceof Error && isAxiosError(error.cause) ? error.cause.response?.status : undefined;

/** The requests of n8n's editor, with the cookie of whoever signed in. */
export class EditorSession {
	readonly #http: AxiosInstance;
	#cookie = '';

	protected constructor(readonly url: string) {
		this.#http = axios.create({
			baseURL: url,
			timeout: REQUEST_MS,
			proxy: false,
			httpAgent: freshConnections,
			headers: { 'browser-id': 'of-a-test' },
		});
	}

	protected async enter({ email, firstName, lastName, password }: Owner): Promise<void> {
		const { userManagement } = await this.send<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await this.send('POST', '/rest/owner/setup', { email, firstName, lastName, password });
		} else {
			await this.send('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		}
	}

	/** `data` of n8n's answer. Throws what n8n says. */
	async send<Data>(method: Method, address: string, body?: unknown): Promise<Data> {
		const answer = await this.ask(method, address, body);
		return (answer as { data: Data }).data;
	}

	/** The whole body of n8n's answer. */
	async ask(method: Method, address: string, body?: unknown): Promise<unknown> {
		try {
			const { data, headers } = await this.#http.request<unknown>({
				method,
				url: address,
				data: body,
				headers: { cookie: this.#cookie },
			});
			const [cookie] = headers['set-cookie']?.filter((each) => each.startsWith('n8n-auth=')) ?? [];
			if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
			return data;
		} catch (error) {
			if (!isAxiosError<{ message?: string }>(error)) throw error;
			const said = error.response?.data?.message ?? error.message;
			throw new Error(`n8n on ${method} ${address}: ${said}`, { cause: error });
		}
	}
}
