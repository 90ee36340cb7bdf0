import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page, PageScreenshotOptions } from 'playwright-core';
import type { Editor } from './editor';

const ROOT = path.resolve(__dirname, '../../..');
const MOST_BYTES = 200_000;
const MARGIN = 28;

/** What tells of this run only. */
const WITHOUT_NEWS = '.el-notification, .n8n-tooltip { visibility: hidden !important }';
/** The rest is hidden, not taken away: the canvas would move to the room that is left. */
const CANVAS_ALONE = `* { visibility: hidden }
	.vue-flow__viewport, .vue-flow__viewport *, .vue-flow marker * { visibility: visible }`;

/**
 * The place of all nodes, notes and labels, in the browser's own code; hidden buttons take place
 * too.
 */
const PLACE_OF_NODES = `(() => {
	const hasOwnText = (element) =>
		[...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
	const isPart = (element) =>
		element.matches('.vue-flow__node, .vue-flow__edge-path, svg, img') || hasOwnText(element);
	const isCovered = (element) =>
		element.closest('button, [data-test-id="canvas-node-toolbar"], [data-test-id="sticky"]');
	const rects = [...document.querySelectorAll('.vue-flow__node, .vue-flow__node *, .vue-flow__edge-path')]
		.filter((element) => isPart(element) && !isCovered(element) && element.checkVisibility())
		.map((element) => element.getBoundingClientRect());
	const left = Math.min(...rects.map((rect) => rect.left));
	const top = Math.min(...rects.map((rect) => rect.top));
	const right = Math.max(...rects.map((rect) => rect.right));
	const bottom = Math.max(...rects.map((rect) => rect.bottom));
	return { x: left, y: top, width: right - left, height: bottom - top };
})()`;

/** True once the canvas has not moved for some frames. */
const IS_AT_REST = `(() => {
	const { transform } = document.querySelector('.vue-flow__transformationpane').style;
	const seen = (window.seenTransform ??= { transform, frames: 0 });
	seen.frames = seen.transform === transform ? seen.frames + 1 : 0;
	seen.transform = transform;
	return seen.frames > 20;
})()`;

interface Place {
	x: number;
	y: number;
	width: number;
	height: number;
}

async function save(page: Page, file: string, options: PageScreenshotOptions): Promise<void> {
	const target = path.join(ROOT, file);
	mkdirSync(path.dirname(target), { recursive: true });
	await page.screenshot({ ...options, path: target, animations: 'disabled', caret: 'hide' });
	const { size } = statSync(target);
	if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, which is too much for a page`);
}

/** Takes a picture of what a person sees into a file of this repository. */
export async function photograph(page: Page, file: string): Promise<void> {
	await page.mouse.move(0, 0);
	await save(page, file, { style: WITHOUT_NEWS });
}

/** A picture of the workflow on the canvas, as large as the workflow. */
export async function photographCanvas(editor: Editor, file: string): Promise<void> {
	const { page } = editor;
	await editor.part('zoom-to-fit').click();
	await page.mouse.move(0, 0);
	await page.waitForFunction(IS_AT_REST);
	const { x, y, width, height } = await page.evaluate<Place>(PLACE_OF_NODES);
	const clip = {
		x: x - MARGIN,
		y: y - MARGIN,
		width: width + 2 * MARGIN,
		height: height + 2 * MARGIN,
	};
	await save(page, file, { style: CANVAS_ALONE, clip });
}
