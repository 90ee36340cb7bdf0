import { svg } from './dom.js';

/** A padlock in a circle; `data-lock` on it or around it says whether it is locked. */
export const drawPadlock = (x, y, attributes = {}) =>
	svg(
		'g',
		{ class: 'padlock', transform: `translate(${x} ${y})`, ...attributes },
		svg('circle', { class: 'badge', r: 17 }),
		svg('path', { class: 'shackle', d: 'M-5 -1 v-4 a5 5 0 0 1 10 0 v4' }),
		svg('rect', { class: 'case', x: -8, y: -2, width: 16, height: 11.5, rx: 2.5 }),
		svg('circle', { class: 'keyhole', cy: 3.6, r: 2 }),
		svg('text', { class: 'doubt', y: 5.5 }, '?'),
	);

/** The same as a small icon for a button. */
export const drawLockIcon = () =>
	svg('svg', { class: 'icon', viewBox: '-10 -13 20 24', 'aria-hidden': 'true' }, drawPadlock(0, 0));
