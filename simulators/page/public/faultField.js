import { html } from './dom.js';

function show(value) {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return Array.isArray(value) ? value.join(', ') : String(value);
}

const usualText = ({ usual, required }) =>
	usual === undefined ? (required ? '' : 'any') : `usually ${show(usual)}`;

function choose(field, options, attributes) {
	const none = field.required ? [] : [html('option', { value: '' }, usualText(field))];
	const choices = options.map(([value, label]) => html('option', { value }, label));
	return html('select', attributes, ...none, ...choices);
}

function createInput(field, devices, attributes) {
	const { kind, choices = [], required, nullable } = field;
	if (kind === 'device') {
		return choose(
			field,
			devices.map(({ id, name }) => [id, name]),
			attributes,
		);
	}
	if (kind === 'choice')
		return choose(
			field,
			choices.map((each) => [each, each]),
			attributes,
		);
	if (kind === 'boolean')
		return choose(
			field,
			[
				['true', 'yes'],
				['false', 'no'],
			],
			attributes,
		);
	const placeholder = usualText(field) + (nullable ? ', or null' : '');
	return html('input', { ...attributes, type: 'text', required, placeholder });
}

const asNumber = (text) => (Number.isNaN(Number(text)) ? text : Number(text));

const READERS = {
	number: asNumber,
	boolean: (text) => text === 'true',
	list: (text) => text.split(',').map((each) => each.trim()),
};

function read({ kind, nullable }, text) {
	if (nullable && text === 'null') return null;
	return (READERS[kind] ?? ((value) => value))(text);
}

/** "retryAfterSeconds" as people write it. */
const toWords = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A fault's parameter: `element`, and `entry` for what was filled in, if anything. */
export function createFaultField(field, devices) {
	const input = createInput(field, devices, { id: `fault-${field.name}`, name: field.name });
	const label = field.kind === 'device' ? 'only for' : toWords(field.name);
	return {
		element: html('label', {}, html('span', {}, label), input),
		entry: () => {
			const text = input.value.trim();
			return text === '' ? [] : [[field.name, read(field, text)]];
		},
	};
}
