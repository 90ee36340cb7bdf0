/**
 * Code that runs in the page. It is text, because this project is compiled without the browser's
 * types, which contradict those of Node.
 */

/** The text of the focused element, or null if it does not match the selector. */
export const focusedText = (selector: string): string => `(() => {
	const { activeElement } = document;
	return activeElement.matches(${JSON.stringify(selector)}) ? activeElement.textContent : null;
})()`;

export const OUTLINE_OF_FOCUSED = 'getComputedStyle(document.activeElement).outlineStyle';

export const CLIPBOARD = 'navigator.clipboard.readText()';

export const GROUNDS_OF_CALLS = `[...document.querySelectorAll('.call')].map(
	(call) => getComputedStyle(call).backgroundColor,
)`;

/** Every visible text, as `SeenText`. */
export const SEEN_TEXTS = `(() => {
	const hasOwnText = (element) =>
		[...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
	const groundsOf = (element) =>
		element ? [getComputedStyle(element).backgroundColor, ...groundsOf(element.parentElement)] : [];
	return [...document.body.querySelectorAll('*')]
		.filter((element) => element.tagName !== 'OPTION' && element.offsetParent)
		.filter(hasOwnText)
		.map((element) => ({
			text: element.className + ' ' + element.textContent,
			colour: getComputedStyle(element).color,
			backgrounds: groundsOf(element),
		}));
})()`;

/**
 * How far the page is wider than the window, and how many boxes are too narrow for their content.
 */
export const OVERFLOW = `(() => {
	const isTooNarrow = ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth;
	const { scrollWidth, clientWidth } = document.documentElement;
	const boxes = [...document.querySelectorAll('.device, .credential, .panel')];
	return { page: scrollWidth - clientWidth, boxes: boxes.filter(isTooNarrow).length };
})()`;
