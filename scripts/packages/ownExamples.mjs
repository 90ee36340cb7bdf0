// The build and the check of the build both need this.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { filesIn, ROOT } from './list.mjs';

/** The examples of the whole package have other node types, which n8n would not know. */
export function linkOwnExamples(folder, dist) {
	const own = path.relative(ROOT, folder);
	for (const file of filesIn(dist).filter((name) => name.endsWith('.js'))) {
		const built = path.join(dist, file);
		const text = readFileSync(built, 'utf8');
		const linked = text.replace(/\/blob\/main\/(examples\/[\w.-]+)/g, (_, example) => {
			if (existsSync(path.join(folder, example))) return `/blob/main/${own}/${example}`;
			throw new Error(`${own}/${file} links to ${example}, which that package does not have`);
		});
		if (linked !== text) writeFileSync(built, linked);
	}
}
