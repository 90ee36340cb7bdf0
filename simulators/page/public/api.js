async function ask(method, path, body) {
	const answer = await fetch(`api/${path}`, {
		method,
		headers: body ? { 'Content-Type': 'application/json' } : {},
		body: body && JSON.stringify(body),
	});
	const content = await answer.json();
	if (!answer.ok) throw new Error(content.error);
	return content;
}

const at = (...parts) => parts.map(encodeURIComponent).join('/');
const device = (service, id, ...rest) => at('services', service, 'devices', id, ...rest);

export const readServices = () => ask('GET', 'services');

export const setLock = (service, id, locked) =>
	ask('POST', device(service, id, 'lock'), { locked });

export const setPart = (service, id, part, state) =>
	ask('POST', device(service, id, 'parts', part), { state });

export const setOnline = (service, id, online) =>
	ask('POST', device(service, id, 'online'), { online });

export const enterPin = (service, id, pin) => ask('POST', device(service, id, 'keypad'), { pin });

export const removeCode = (service, id, code) => ask('DELETE', device(service, id, 'codes', code));

export const setFault = (service, setting) =>
	ask('POST', at('services', service, 'faults'), setting);

export const clearFaults = (service, name) =>
	ask(
		'DELETE',
		at('services', service, 'faults') + (name ? `?name=${encodeURIComponent(name)}` : ''),
	);

export const createWebhook = (service, url) =>
	ask('POST', at('services', service, 'webhooks'), { url });

export const removeWebhook = (service, id) =>
	ask('DELETE', at('services', service, 'webhooks', id));

export const repeatDelivery = (service) =>
	ask('POST', at('services', service, 'webhooks', 'repeat'), {});

export const reset = (service) => ask('POST', at('services', service, 'reset'), {});

/** Calls back with every new state, and with whether the simulators can be reached. */
export function watchState(onState, onLive) {
	const events = new EventSource('api/events');
	events.addEventListener('open', () => onLive(true));
	events.addEventListener('error', () => onLive(false));
	events.addEventListener('message', ({ data }) => onState(JSON.parse(data)));
}
