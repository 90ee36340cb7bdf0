import { svg } from './dom.js';
import { drawPadlock } from './padlock.js';

const BODY = 'M55 112 V72 Q56 26 100 24 Q144 26 145 72 V268 Q145 312 100 313 Q55 312 55 268 V112 Z';
const HOOD = 'M66 104 V66 Q68 38 100 36 Q132 38 134 66 V104 Q100 98 66 104 Z';
const TRUNK = 'M70 264 Q100 268 130 264 L128 290 Q122 302 100 303 Q78 302 72 290 Z';

/** From the front: where each row of doors and windows begins, and how long it is. */
const ROWS = [
	{ left: 'frontLeft', right: 'frontRight', y: 112, door: 58, window: 48 },
	{ left: 'rearLeft', right: 'rearRight', y: 173, door: 54, window: 44 },
	{ left: 'row3Left', right: 'row3Right', y: 230, door: 26, window: 20 },
];

const box = (name, x, y, width, height, rx = 3) =>
	svg('rect', { class: name, x, y, width, height, rx });

const path = (name, d) => svg('path', { class: name, d });

/** A part; one that the car does not report is drawn, but cannot be moved. */
const part = (parts, ids, name, ...shapes) => {
	const reported = ids.find((id) => parts.has(id));
	return svg(
		'g',
		reported ? { class: name, 'data-part': reported } : { class: `${name} silent` },
		...shapes,
	);
};

function drawSide(parts, place, isLeft, { y, door, window }) {
	const side = isLeft ? 'left' : 'right';
	const hasDoor = parts.has(`doors.${place}`);
	return [
		part(
			parts,
			[`windows.${place}`],
			'window',
			box('touch', isLeft ? 65 : 122, y, 13, door, 0),
			box('gap', isLeft ? 66 : 128, y + 5, 6, window),
			box('pane', isLeft ? 66 : 128, y + 5, 6, window),
		),
		...(hasDoor
			? [
					part(
						parts,
						[`doors.${place}`],
						`side ${side}`,
						box('touch', isLeft ? 40 : 136, y, 24, door, 0),
						box('gap', isLeft ? 55 : 138, y, 7, door, 2),
						box('swing', isLeft ? 54 : 138, y, 8, door),
					),
				]
			: []),
	];
}

const drawRow = (parts, row) => [
	...drawSide(parts, row.left, true, row),
	...drawSide(parts, row.right, false, row),
];

const drawShell = () => [
	...[
		[48, 64],
		[143, 64],
		[48, 244],
		[143, 244],
	].map(([x, y]) => box('tyre', x, y, 9, 34, 4)),
	box('mirror', 42, 106, 14, 6),
	box('mirror', 144, 106, 14, 6),
	path('body', BODY),
	path('lamp', 'M62 50 Q68 34 82 31'),
	path('lamp', 'M138 50 Q132 34 118 31'),
	path('glass', 'M68 110 Q100 102 132 110 L122 136 Q100 131 78 136 Z'),
	path('glass', 'M79 238 Q100 242 121 238 L130 258 Q100 263 70 258 Z'),
	box('roof', 77, 132, 46, 108, 8),
];

const drawLid = (parts, ids, name, shape) =>
	part(parts, ids, name, path('bay', shape), path('lid', shape));

const hasRow = (parts, { left, right }) =>
	['doors', 'windows'].some(
		(kind) => parts.has(`${kind}.${left}`) || parts.has(`${kind}.${right}`),
	);

/** A car seen from above, its nose up. `parts` says what is drawn to be moved. */
export const drawCar = (parts) =>
	svg(
		'svg',
		{ class: 'drawing car', viewBox: '8 16 184 304', 'aria-hidden': 'true' },
		...drawShell(),
		drawLid(parts, ['openings.hood', 'openings.frontTrunk'], 'hood', HOOD),
		drawLid(parts, ['openings.trunk', 'openings.tailgate'], 'trunk', TRUNK),
		...(parts.has('openings.sunroof')
			? [
					part(
						parts,
						['openings.sunroof'],
						'sunroof',
						box('gap', 83, 142, 34, 30, 4),
						box('pane', 83, 142, 34, 30, 4),
					),
				]
			: []),
		...ROWS.filter((row) => hasRow(parts, row)).flatMap((row) => drawRow(parts, row)),
		...(parts.has('openings.chargingPort')
			? [
					part(
						parts,
						['openings.chargingPort'],
						'flap left',
						box('touch', 42, 76, 20, 24, 0),
						box('swing', 53, 80, 6, 16),
					),
				]
			: []),
		...(parts.has('openings.fuelFlap')
			? [
					part(
						parts,
						['openings.fuelFlap'],
						'flap right',
						box('touch', 138, 258, 20, 24, 0),
						box('swing', 141, 262, 6, 16),
					),
				]
			: []),
		drawPadlock(100, 204, { 'data-part': 'lock' }),
	);
