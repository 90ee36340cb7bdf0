import { reset } from './api.js';
import { copyButton } from './copyButton.js';
import { createDeviceCard } from './deviceCard.js';
import { html } from './dom.js';
import { createWebhookPanel } from './webhookPanel.js';

const KINDS = { lock: 'locks', vehicle: 'vehicles' };

const listFields = ({ name, fields }) =>
	html(
		'div',
		{ class: 'credential' },
		html('h3', {}, name),
		html(
			'dl',
			{},
			...fields.map(({ field, value }) =>
				html(
					'div',
					{},
					html('dt', {}, field),
					html('dd', {}, html('code', {}, value), copyButton(value, `${field} for ${name}`)),
				),
			),
		),
	);

const listCredentials = ({ credentials }) =>
	html(
		'details',
		{ class: 'credentials' },
		html('summary', {}, 'Values for the credential in n8n'),
		html('div', { class: 'sets' }, ...credentials.map(listFields)),
	);

/** Cards are rebuilt when a device came, went or has other parts. */
const shapeOf = (devices) =>
	JSON.stringify(devices.map(({ id, name, parts }) => [id, name, parts.map((part) => part.id)]));

/** The section of a service: `element`, and `update` for its new state. */
export function createServiceSection(service, state, act) {
	const kind = KINDS[state.devices[0]?.kind] ?? 'devices';
	const titleId = `title-${service.name}`;
	const webhooks = service.webhooks && createWebhookPanel(service, act);
	const grid = html('div', { class: 'devices' });
	let cards = new Map();
	let shape = '';

	const element = html(
		'section',
		{ id: service.name, class: 'service', 'aria-labelledby': titleId },
		html(
			'header',
			{},
			html('h2', { id: titleId }, service.label, ' ', html('span', { class: 'quiet' }, kind)),
			html('code', { class: 'quiet' }, service.url),
			html(
				'button',
				{
					type: 'button',
					click: () => act(() => reset(service.name), `${service.label} is back at the beginning.`),
				},
				'Start over',
				html('span', { class: 'heard' }, ` with ${service.label}`),
			),
		),
		listCredentials(service),
		webhooks?.element,
		grid,
	);

	function update({ devices: next, webhooks: registered }) {
		webhooks?.update(registered);
		if (shape !== shapeOf(next)) {
			shape = shapeOf(next);
			cards = new Map(next.map((device) => [device.id, createDeviceCard(service, device, act)]));
			grid.replaceChildren(...[...cards.values()].map((card) => card.element));
		}
		for (const device of next) cards.get(device.id).update(device);
	}
	update(state);
	return { element, update };
}
