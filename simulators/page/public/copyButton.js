import { html, write } from './dom.js';

const SHOWN_FOR_MS = 1600;

export function copyButton(value, what) {
	const button = html('button', { type: 'button', class: 'copy', click: copy }, 'Copy');
	button.setAttribute('aria-label', `Copy the ${what}`);

	async function copy() {
		try {
			await navigator.clipboard.writeText(value);
			write(button, 'Copied');
		} catch {
			write(button, 'Select it');
		}
		setTimeout(() => write(button, 'Copy'), SHOWN_FOR_MS);
	}
	return button;
}
