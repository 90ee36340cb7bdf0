import { html } from './dom.js';

const time = (at) =>
	new Date(at).toLocaleTimeString([], {
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hour12: false,
	});

const outcomeOf = (status) => (status === null ? 'none' : status < 400 ? 'good' : 'bad');

function showCall(call, label, isNew) {
	const { at, method, path, status, isCommand, device, delivery, service } = call;
	return html(
		'li',
		{
			class: isNew ? 'call new' : 'call',
			'data-command': String(isCommand),
			'data-service': service,
		},
		html('time', { datetime: at }, time(at)),
		html(
			'span',
			{ class: 'what' },
			html(
				'span',
				{ class: 'about' },
				[label, device ?? delivery].filter(Boolean).join(' · '),
				isCommand ? html('b', { class: 'tag' }, 'command') : undefined,
				delivery ? html('b', { class: 'tag' }, 'delivery') : undefined,
			),
			html('code', {}, `${method} ${path}`),
		),
		html('span', { class: 'status', 'data-outcome': outcomeOf(status) }, status ?? 'no answer'),
	);
}

const keyOf = ({ at, path, service, method }) => [at, service, method, path].join(' ');

/** The calls as they arrive, the newest first: `update` shows them in `panel`. */
export function createCallList(panel, services) {
	const labels = new Map(services.map(({ name, label }) => [name, label]));
	const list = html('ol', { class: 'list', tabindex: 0, 'aria-label': 'Calls, the newest first' });
	const empty = html(
		'p',
		{ class: 'quiet' },
		'None yet. Run a workflow, and its calls appear here.',
	);
	panel.append(empty, list);
	let shown = '';
	let known;

	return function update(calls) {
		const next = JSON.stringify(calls);
		if (next === shown) return;
		shown = next;
		const before = known;
		known = new Set(calls.map(keyOf));
		empty.hidden = calls.length > 0;
		list.hidden = calls.length === 0;
		list.replaceChildren(
			...calls.map((call) => {
				const isNew = before !== undefined && !before.has(keyOf(call));
				return showCall(call, labels.get(call.service), isNew);
			}),
		);
	};
}
