import { clearFaults, setFault } from './api.js';
import { html, write } from './dom.js';
import { createFaultField } from './faultField.js';

const OFTEN = [
	['1', 'once'],
	['2', 'twice'],
	['3', '3 times'],
	['10', '10 times'],
	['', 'until cleared'],
];

const options = (entries) => entries.map(([value, text]) => html('option', { value }, text));

function groupedOptions(faults) {
	const groups = [...new Set(faults.map(({ group }) => group))];
	return groups.map((label) => {
		const own = faults.filter(({ group }) => group === label);
		return html('optgroup', { label }, ...options(own.map(({ name, title }) => [name, title])));
	});
}

const labelled = (text, input) => html('label', {}, html('span', {}, text), input);

function leftText(timesLeft) {
	if (timesLeft === null) return 'until cleared';
	return timesLeft === 1 ? 'once' : `${timesLeft} times`;
}

const parametersText = (parameters) =>
	Object.entries(parameters)
		.map(([name, value]) => `${name} ${JSON.stringify(value)}`)
		.join(', ');

/** Chooses, sets and clears faults in `panel`; `update` shows those that are set. */
export function createFaultPanel(panel, services, act) {
	let state = { services: [] };
	let fields = [];
	let shown = '';
	const service = html('select', { id: 'fault-service', change: showFaults });
	const fault = html('select', { id: 'fault-name', change: showFields });
	const often = html('select', { id: 'fault-times' }, ...options(OFTEN));
	const description = html('p', { id: 'fault-description', class: 'small description' });
	const extras = html('div', { class: 'fields' });
	const problem = html('p', { class: 'problem', role: 'alert' });
	const list = html('ul', { class: 'set', 'aria-label': 'Faults that are set' });
	const none = html('p', { class: 'quiet small' }, 'None is set: everything works as it should.');
	fault.setAttribute('aria-describedby', description.id);

	const chosenService = () => services.find(({ name }) => name === service.value);
	const chosenFault = () => chosenService().faults.find(({ name }) => name === fault.value);

	function showFaults() {
		fault.replaceChildren(...groupedOptions(chosenService().faults));
		showFields();
	}

	function showFields() {
		const { name, description: text, fields: known } = chosenFault();
		const now = state.services.find(({ name }) => name === service.value);
		write(description, `${name}: ${text}`);
		fields = known.map((field) => createFaultField(field, now?.devices ?? []));
		extras.replaceChildren(...fields.map(({ element }) => element));
		write(problem, '');
	}

	async function submit(event) {
		event.preventDefault();
		const own = Object.fromEntries(fields.flatMap(({ entry }) => entry()));
		const times = often.value === '' ? {} : { times: Number(often.value) };
		try {
			const { label } = chosenService();
			const { title } = chosenFault();
			const request = () => setFault(service.value, { name: fault.value, ...times, ...own });
			await act(request, `${label}: the fault "${title}" is set.`, true);
			write(problem, '');
		} catch (error) {
			write(problem, error.message);
		}
	}

	async function clear(serviceName, name, title) {
		await act(() => clearFaults(serviceName, name), `The fault "${title}" is cleared.`);
		document.getElementById('faults-title').focus();
	}

	function showSetFault({
		service: { name: serviceName, label, faults },
		name,
		timesLeft,
		parameters,
	}) {
		const { title } = faults.find((known) => known.name === name);
		return html(
			'li',
			{},
			html(
				'span',
				{},
				html('b', {}, title),
				` ${label}, ${leftText(timesLeft)}`,
				html('span', { class: 'quiet' }, ` ${parametersText(parameters)}`),
			),
			html(
				'button',
				{ type: 'button', click: () => clear(serviceName, name, title) },
				'Clear',
				html('span', { class: 'heard' }, ` "${title}" of ${label}`),
			),
		);
	}

	function update(next) {
		state = next;
		const set = next.services.flatMap(({ name, faults }) =>
			faults.map((each) => ({ ...each, service: services.find((known) => known.name === name) })),
		);
		none.hidden = set.length > 0;
		list.hidden = set.length === 0;
		const signature = JSON.stringify(set.map(({ service: { name }, ...each }) => [name, each]));
		if (signature === shown) return;
		shown = signature;
		list.replaceChildren(...set.map(showSetFault));
	}

	service.append(...options(services.map(({ name, label }) => [name, label])));
	const form = html(
		'form',
		{ submit },
		html('div', { class: 'fields' }, labelled('service', service), labelled('how often', often)),
		labelled('what goes wrong', fault),
		description,
		extras,
		problem,
		html('button', { type: 'submit', class: 'primary' }, 'Set the fault'),
	);
	panel.append(none, list, form);
	return { update, start: showFaults };
}
