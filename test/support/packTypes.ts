import { readFileSync } from 'node:fs';
import path from 'node:path';

const manifest = JSON.parse(
	readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8'),
) as { n8n: { nodes: string[]; credentials: string[] } };

/** `seamTrigger` for `dist/nodes/Seam/SeamTrigger.node.js`. */
const namesOf = (files: string[]) =>
	files.map((file) => {
		const [name = ''] = path.basename(file).split('.');
		return name.charAt(0).toLowerCase() + name.slice(1);
	});

/** The names of the node types in package.json, without that of the package. */
export const NODES = namesOf(manifest.n8n.nodes);

/** The names of its credential types. */
export const CREDENTIALS = namesOf(manifest.n8n.credentials);
