import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Locked {
	optionalDependencies?: Record<string, string>;
	os?: string[];
	resolved?: string;
	integrity?: string;
}

const FILE = path.resolve(__dirname, '../../package-lock.json');
const { packages } = JSON.parse(readFileSync(FILE, 'utf8')) as {
	packages: Record<string, Locked>;
};
const places = Object.keys(packages);

describe('package-lock.json (npm run lock)', () => {
	it('has the optional packages of every system', () => {
		const names = new Set(places.map((place) => place.split('node_modules/').at(-1)));
		const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
			Object.keys(optionalDependencies),
		);
		expect(wanted.filter((name) => !names.has(name))).toEqual([]);
		const systems = new Set(Object.values(packages).flatMap(({ os = [] }) => os));
		expect([...systems]).toEqual(expect.arrayContaining(['darwin', 'linux', 'win32']));
	});

	it('names no registry, and the hash of each package', () => {
		expect(places.filter((place) => packages[place]?.resolved !== undefined)).toEqual([]);
		expect(places.filter((place) => place && !packages[place]?.integrity)).toEqual([]);
	});
});
