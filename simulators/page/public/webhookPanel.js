import { createWebhook, removeWebhook, repeatDelivery } from './api.js';
import { html, write } from './dom.js';

/** The webhooks of a service: `element`, and `update` for those that are registered. */
export function createWebhookPanel(service, act) {
	const list = html('ul', { 'aria-label': `Webhooks of ${service.label}` });
	const problem = html('p', { class: 'problem', role: 'alert' });
	const repeat = html(
		'button',
		{
			type: 'button',
			click: () => act(() => repeatDelivery(service.name), 'The last delivery was sent again.'),
		},
		'Send the last delivery again',
		html('span', { class: 'heard' }, ` of ${service.label}`),
	);
	let shown = '';

	async function submit(event) {
		event.preventDefault();
		const { url } = Object.fromEntries(new FormData(event.target));
		try {
			await act(() => createWebhook(service.name, url), 'The webhook is made.', true);
			event.target.reset();
			write(problem, '');
		} catch (error) {
			write(problem, error.message);
		}
	}

	const form = () =>
		html(
			'form',
			{ submit },
			html(
				'label',
				{},
				html('span', {}, 'production URL of the trigger'),
				html('input', { name: 'url', type: 'url', required: true }),
			),
			html('button', { type: 'submit', class: 'primary' }, 'Make a webhook'),
			problem,
		);

	const showWebhook = ({ id, url, note }) =>
		html(
			'li',
			{},
			html('span', {}, html('code', {}, url), html('span', { class: 'quiet' }, ` ${note}`)),
			service.webhooks.canBeMade
				? html(
						'button',
						{
							type: 'button',
							click: () => act(() => removeWebhook(service.name, id), 'The webhook is removed.'),
						},
						'Remove',
						html('span', { class: 'heard' }, ` the webhook ${url}`),
					)
				: undefined,
		);

	const element = html(
		'details',
		{ class: 'webhooks' },
		html('summary', {}, 'Webhooks'),
		html('p', { class: 'small' }, service.webhooks.hint),
		list,
		repeat,
		service.webhooks.canBeMade ? form() : undefined,
	);

	function update(webhooks) {
		list.hidden = webhooks.length === 0;
		repeat.hidden = webhooks.length === 0;
		const next = JSON.stringify(webhooks);
		if (next === shown) return;
		shown = next;
		list.replaceChildren(...webhooks.map(showWebhook));
	}
	return { element, update };
}
