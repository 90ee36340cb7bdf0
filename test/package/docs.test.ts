import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { exampleNames } from '../../scripts/examples';

const ROOT = path.resolve(__dirname, '../..');
const PAGES = [
	'README.md',
	'AGENTS.md',
	'CONTRIBUTING.md',
	'examples/README.md',
	...readdirSync(path.join(ROOT, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
	...readdirSync(path.join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`),
];
const REPOSITORY = 'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/';

const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The anchors that GitHub makes of the headings of a page. */
function anchorsOf(file: string): Set<string> {
	const prose = textOf(file).replace(/^```[\s\S]*?^```/gm, '');
	return new Set(
		[...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
			heading!
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replace(/ /g, '-'),
		),
	);
}

describe.each(PAGES)('%s', (page) => {
	it('links only to files and headings that exist', () => {
		const targets = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
			.map(([, target]) => target!)
			.filter((target) => !/^https?:/.test(target) || target.startsWith(REPOSITORY));
		const broken = targets.filter((target) => {
			const [file = '', anchor] = target.replace(REPOSITORY, '').split('#');
			const isAbsolute = target.startsWith(REPOSITORY);
			const place = isAbsolute ? file : path.join(path.dirname(page), file);
			const linked = file === '' ? page : place;
			if (!existsSync(path.join(ROOT, linked))) return true;
			return anchor !== undefined && !anchorsOf(linked).has(anchor);
		});
		expect(broken).toEqual([]);
	});
});

it('the README is short, and says how to start', () => {
	const lines = textOf('README.md').split('\n');
	expect(lines.length).toBeLessThan(120);
	expect(
		textOf('README.md')
			.match(/npm (run )?\w+/g)!
			.slice(0, 2),
	).toEqual(['npm run demo', 'npm test']);
});

it('every example has its picture', () => {
	const missing = exampleNames().filter(
		(name) => !existsSync(path.join(ROOT, `examples/images/${name}.png`)),
	);
	expect(missing).toEqual([]);
});

describe('the help of nodes and credentials', () => {
	const services = readdirSync(path.join(ROOT, 'nodes'))
		.filter((folder) => folder !== 'shared')
		.map((folder) => `nodes/${folder}`);
	const sources = [...services, 'credentials'].flatMap((folder) =>
		readdirSync(path.join(ROOT, folder))
			.filter((file) => /\.(node\.json|credentials\.ts)$/.test(file))
			.map((file) => `${folder}/${file}`),
	);

	it.each(sources)('%s leads to a page that exists', (source) => {
		const urls = textOf(source)
			.split(REPOSITORY)
			.slice(1)
			.map((rest) => rest.split(/['"]/)[0]!);
		expect(urls.length).toBeGreaterThan(0);
		for (const url of urls) {
			const [file = '', anchor] = url.split('#');
			expect(PAGES).toContain(file);
			if (anchor !== undefined) expect([...anchorsOf(file)]).toContain(anchor);
		}
	});
});
