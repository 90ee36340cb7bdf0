import axios, { type AxiosResponse } from 'axios';

const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

/** The control interface of a simulator, with answers of the type `Body`. */
export interface ControlClient<Body> {
	get(path: string): Promise<AxiosResponse<Body>>;
	send(
		method: 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: unknown,
	): Promise<AxiosResponse<Body>>;
}

export function connectControlAt<Body>(url: string): ControlClient<Body> {
	const origin = `${url}/_control`;
	return {
		get: (path) => http.get<Body>(origin + path),
		send: (method, path, data) => http.request<Body>({ method, url: origin + path, data }),
	};
}
