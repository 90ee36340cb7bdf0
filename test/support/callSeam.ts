import type { SeamSimulator } from '../../simulators/seam/seamSimulator';

/** What somebody does with Seam's API besides the node. Throws unless it is answered with a 200. */
export async function callSeam(
	{ url, apiKey }: Pick<SeamSimulator, 'apiKey' | 'url'>,
	path: string,
	body: object,
): Promise<unknown> {
	const answer = await fetch(url + path, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (answer.status === 200) return await answer.json();
	throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}
