import { setLock, setOnline, setPart } from './api.js';
import { drawCar } from './carDrawing.js';
import { copyButton } from './copyButton.js';
import { html, write } from './dom.js';
import { drawDoor } from './doorDrawing.js';
import { createKeypad } from './keypad.js';
import { drawLockIcon } from './padlock.js';

const PRESSED = { open: 'true', ajar: 'mixed', closed: 'false', locked: 'true', unlocked: 'false' };
const KIND_WORDS = { door: 'Door', window: 'Window' };
const OPENINGS_BEFORE = ['openings.hood', 'openings.frontTrunk'];

/** What the next click does: one that can be ajar goes through it before it is closed. */
function nextState({ state, canBeAjar }) {
	if (state === 'closed') return 'open';
	return state === 'open' && canBeAjar ? 'ajar' : 'closed';
}

const HINTS = { open: 'Click to open', ajar: 'Click to leave it ajar', closed: 'Click to close' };

function press(button, state) {
	button.dataset.state = state;
	if (PRESSED[state]) button.setAttribute('aria-pressed', PRESSED[state]);
	else button.removeAttribute('aria-pressed');
}

/** "Front left" is heard, "Door" and the state are seen as well. */
function partButton({ label, kind }, click) {
	const word = KIND_WORDS[kind] ?? label;
	const place = label.slice(0, label.length - word.length);
	const state = html('span', { class: 'state' });
	const heard = html('span', { class: 'heard' }, place);
	const name = html('span', { class: 'name' }, place ? word.toLowerCase() : word);
	const button = html('button', { type: 'button', class: 'part', click }, heard, name, ' ', state);
	return { button, state };
}

const rowOf = ({ id }) => (/\.(front|rear|row3)(Left|Right)$/.exec(id) ?? [])[1];
const isLeft = ({ id }) => id.endsWith('Left');

function arrangeSide(parts, buttons, name, wanted) {
	const rows = ['front', 'rear', 'row3'].map((row) =>
		parts.filter((part) => rowOf(part) === row && wanted(part)).map(({ id }) => buttons.get(id)),
	);
	const groups = rows.filter((row) => row.length > 0).map((row) => html('div', {}, ...row));
	return html('div', { class: `side ${name}` }, ...groups);
}

function arrangeCar(drawing, parts, buttons) {
	const openings = parts.filter((part) => rowOf(part) === undefined).map(({ id }) => id);
	const inFront = openings.filter((id) => OPENINGS_BEFORE.includes(id));
	const others = openings.filter((id) => !OPENINGS_BEFORE.includes(id));
	const group = (ids) => html('div', { class: 'openings' }, ...ids.map((id) => buttons.get(id)));
	return html(
		'div',
		{ class: 'scene' },
		group(inFront),
		html(
			'div',
			{ class: 'around' },
			arrangeSide(parts, buttons, 'left', isLeft),
			drawing,
			arrangeSide(parts, buttons, 'right', (part) => !isLeft(part)),
		),
		group(others),
	);
}

const arrangeDoor = (drawing, parts, buttons) =>
	html(
		'div',
		{ class: 'scene' },
		drawing,
		html(
			'div',
			{ class: 'openings' },
			...(parts.length > 0
				? buttons.values()
				: [html('span', { class: 'quiet small' }, 'Has no door sensor')]),
		),
	);

/** Lets the drawing be clicked like its buttons, and shows which shape a button means. */
function connectDrawing(drawing, buttons) {
	drawing.addEventListener('click', ({ target }) => {
		const shape = target.closest('[data-part]');
		if (shape) buttons.get(shape.dataset.part)?.click();
	});
	for (const [id, button] of buttons) {
		const shape = drawing.querySelector(`[data-part="${id}"]`);
		const hint = (isHinted) => () => shape?.classList.toggle('hinted', isHinted);
		for (const type of ['focus', 'pointerenter']) button.addEventListener(type, hint(true));
		for (const type of ['blur', 'pointerleave']) button.addEventListener(type, hint(false));
	}
}

const lockText = { locked: 'Locked', unlocked: 'Unlocked', unknown: 'Lock unknown' };

/** The card of a device: `element`, and `update` for its new state. */
export function createDeviceCard(service, first, act) {
	let device = first;
	const change = (request) => {
		if (device.fixed)
			return act(() => Promise.reject(new Error(`${device.name}: ${device.fixed}`)));
		return act(request);
	};
	const moveLock = () => change(() => setLock(service.name, device.id, device.lock !== 'locked'));
	const movePart = (id) => () =>
		change(() => {
			const part = device.parts.find((each) => each.id === id);
			return setPart(service.name, device.id, id, nextState(part));
		});

	const parts = new Map(first.parts.map((part) => [part.id, partButton(part, movePart(part.id))]));
	const partButtons = new Map([...parts].map(([id, { button }]) => [id, button]));
	const lockState = html('span', {});
	const lockButton = html(
		'button',
		{ type: 'button', class: 'lock', click: moveLock },
		drawLockIcon(),
		lockState,
	);
	const onlineButton = html('button', {
		type: 'button',
		class: 'online',
		click: () => act(() => setOnline(service.name, device.id, device.online === false)),
	});
	const note = html('p', { class: 'note quiet small' });
	const keypad = first.codes && createKeypad(service, first, act);
	const titleId = `device-${service.name}-${first.id}`;
	const isCar = first.kind === 'vehicle';
	const drawing = (isCar ? drawCar : drawDoor)(new Set(parts.keys()));
	connectDrawing(drawing, new Map([...partButtons, ['lock', lockButton]]));

	const element = html(
		'article',
		{ class: `device ${first.kind}`, 'aria-labelledby': titleId },
		html('header', {}, html('h3', { id: titleId }, first.name), onlineButton),
		(isCar ? arrangeCar : arrangeDoor)(drawing, first.parts, partButtons),
		lockButton,
		keypad?.element,
		note,
		html(
			'p',
			{ class: 'identity' },
			html('code', { title: first.id }, first.id),
			copyButton(first.id, `id of ${first.name}`),
		),
	);

	function update(next) {
		device = next;
		element.dataset.lock = next.lock;
		element.dataset.fixed = String(next.fixed !== undefined);
		press(lockButton, next.lock);
		write(lockState, lockText[next.lock]);
		write(onlineButton, next.online === false ? 'Offline' : 'Online');
		onlineButton.setAttribute('aria-pressed', String(next.online !== false));
		onlineButton.title =
			next.online === false ? 'Click to take it online' : 'Click to take it offline';
		keypad?.update(next.codes);
		write(note, [next.note, next.fixed].filter(Boolean).join('. '));
		for (const button of [lockButton, ...partButtons.values()]) {
			button.setAttribute('aria-disabled', String(next.fixed !== undefined));
		}
		for (const part of next.parts) {
			const { button, state } = parts.get(part.id);
			press(button, part.state);
			write(state, part.state);
			button.title = next.fixed ?? HINTS[nextState(part)];
			const shape = drawing.querySelector(`[data-part="${part.id}"]`);
			if (shape) shape.dataset.state = part.state;
		}
	}
	update(first);
	return { element, update };
}
