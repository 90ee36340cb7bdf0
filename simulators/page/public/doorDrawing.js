import { svg } from './dom.js';
import { drawPadlock } from './padlock.js';

const box = (name, x, y, width, height, rx) =>
	svg('rect', { class: name, x, y, width, height, rx });

const drawLeaf = (attributes) =>
	svg(
		'g',
		attributes,
		svg(
			'g',
			{ class: 'leaf' },
			box('panel', 38, 18, 74, 164, 1),
			box('inset', 48, 30, 54, 56, 2),
			box('inset', 48, 98, 54, 70, 2),
			svg('circle', { class: 'knob', cx: 104, cy: 104, r: 3.5 }),
		),
	);

/** A front door seen from outside. `parts` says what is drawn to be moved. */
export const drawDoor = (parts) =>
	svg(
		'svg',
		{ class: 'drawing door', viewBox: '0 0 172 196', 'aria-hidden': 'true' },
		box('frame', 30, 10, 90, 174, 3),
		box('room', 38, 18, 74, 164, 1),
		svg('path', { class: 'light', d: 'M38 182 L62 150 L112 150 L112 182 Z' }),
		drawLeaf(parts.has('doors.door') ? { 'data-part': 'doors.door' } : { class: 'silent' }),
		svg('path', { class: 'ground', d: 'M8 184 H164' }),
		svg('path', { class: 'mat', d: 'M46 190 H104' }),
		drawPadlock(146, 100, { 'data-part': 'lock' }),
	);
