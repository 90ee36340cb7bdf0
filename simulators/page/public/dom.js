const SVG = 'http://www.w3.org/2000/svg';

function furnish(node, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === 'function') node.addEventListener(name, value);
		else if (value === true) node.setAttribute(name, '');
		else if (value !== false && value !== undefined && value !== null) {
			node.setAttribute(name, String(value));
		}
	}
	node.append(...children.filter((child) => child !== undefined && child !== null));
	return node;
}

/** An HTML element; functions among the attributes are event listeners, texts are never markup. */
export const html = (tag, attributes = {}, ...children) =>
	furnish(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) =>
	furnish(document.createElementNS(SVG, tag), attributes, children);

/** Writes only what differs: an untouched text is not announced again. */
export function write(node, text) {
	if (node.textContent !== text) node.textContent = text;
}
