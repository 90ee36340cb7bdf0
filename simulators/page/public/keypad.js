import { enterPin, removeCode } from './api.js';
import { html, write } from './dom.js';

const LONGEST_PIN = 12;
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The keypad of a lock with its codes: `element`, and `update` for the codes. */
export function createKeypad(service, device, act) {
	const problem = html('p', { class: 'problem', role: 'alert' });
	const input = html('input', {
		name: 'pin',
		inputmode: 'numeric',
		pattern: '[0-9]*',
		maxlength: LONGEST_PIN,
		autocomplete: 'off',
		required: true,
		'aria-label': `PIN for ${device.name}`,
	});
	const list = html('ul', { 'aria-label': `Codes of ${device.name}` });
	const none = html('p', { class: 'quiet small' }, 'No codes yet');
	let shown = '';

	async function submit(event) {
		event.preventDefault();
		const pin = input.value;
		input.value = '';
		try {
			await act(() => enterPin(service.name, device.id, pin), `${device.name} opens.`, true);
			write(problem, '');
		} catch (error) {
			write(problem, error.message);
		}
	}

	const key = (digit) =>
		html(
			'button',
			{
				type: 'button',
				click: () => {
					input.value = (input.value + digit).slice(0, LONGEST_PIN);
				},
			},
			digit,
		);
	const erase = html(
		'button',
		{
			type: 'button',
			'aria-label': 'Delete the last digit',
			click: () => {
				input.value = input.value.slice(0, -1);
			},
		},
		'⌫',
	);

	const showCode = ({ id, name, pin, state, isOnLock }) =>
		html(
			'li',
			{},
			html(
				'span',
				{},
				html('b', {}, name),
				' ',
				html('code', {}, pin ?? 'no PIN yet'),
				html('span', { class: 'quiet small' }, ` ${state}`),
			),
			isOnLock
				? html(
						'button',
						{
							type: 'button',
							click: () =>
								act(
									() => removeCode(service.name, device.id, id),
									`${name} is removed at the lock, without Seam.`,
								),
						},
						'Remove',
						html('span', { class: 'heard' }, ` ${name} at the lock`),
					)
				: undefined,
		);

	const form = html(
		'form',
		{ submit },
		input,
		html('div', { class: 'keys' }, ...DIGITS.map(key), erase, key('0'), enterKey()),
		problem,
	);
	const element = html(
		'details',
		{ class: 'keypad' },
		html('summary', {}, 'Keypad', html('span', { class: 'heard' }, ` of ${device.name}`)),
		form,
		list,
		none,
	);

	function update(codes) {
		const next = JSON.stringify(codes);
		if (next === shown) return;
		shown = next;
		list.replaceChildren(...codes.map(showCode));
		list.hidden = codes.length === 0;
		none.hidden = codes.length > 0;
	}
	return { element, update };
}

const enterKey = () => html('button', { type: 'submit', class: 'primary' }, 'OK');
