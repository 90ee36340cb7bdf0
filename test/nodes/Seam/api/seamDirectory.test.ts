import { SeamDirectory } from '../../../../nodes/Seam/api/seamDirectory';
import { CallMeter } from '../../../../nodes/shared/http/request';
import { Failure } from '../../../../nodes/shared/model/failure';
import {
	AnsweringService,
	type AskedRequest,
	type JsonAnswer,
} from '../../../support/answeringService';

/** What is asked of Seam, and made of its answers. */

interface Body {
	device_id?: string;
	device_ids?: string[];
	page_cursor?: string;
	limit?: number;
}
type Asked = AskedRequest<Body>;
type Reply = JsonAnswer;

let seam: AnsweringService<Body>;
beforeAll(async () => {
	seam = await AnsweringService.start();
});
afterAll(async () => await seam.close());

const uuid = (end: string) => `abcdef00-0000-4000-8000-${end.padStart(12, '0')}`;
const lock = (device_id: string, display_name = device_id) => ({
	device_id,
	device_type: 'august_lock',
	display_name,
	properties: { locked: true },
});
const SENSOR = { device_id: 's', device_type: 'noiseaware_sensor', display_name: 'Sensor' };
const page = (devices: unknown, next?: string, has_next_page = next !== undefined): Reply => ({
	json: { devices, pagination: { has_next_page, next_page_cursor: next ?? null } },
});
const error = (status: number, type: string): Reply => ({
	status,
	json: { error: { type, message: 'No' } },
});

function directoryOf(answer: (asked: Asked, n: number) => Reply) {
	const { client, asked } = seam.answers((request, n) => {
		if (n >= 20) throw new Error('There is no end');
		return answer(request, n);
	});
	const paths = () => asked.map(({ path }) => path);
	return { directory: new SeamDirectory(client), asked, paths };
}

/** Answers each single read, and lists everything else as not found. */
const single = ({ path, body }: Asked, listed: Reply): Reply =>
	path === '/devices/get' ? { json: { device: lock(body.device_id!) } } : listed;

async function read(answer: (asked: Asked, n: number) => Reply, ids: string[]) {
	const { directory, paths, asked } = directoryOf(answer);
	const readings = await directory.read(ids, new CallMeter(), { parts: 'lock' } as never);
	const told = ids.map((id) => {
		const reading = readings.get(id)!;
		return reading instanceof Failure ? reading.facts.reason : reading.name;
	});
	return { told, paths: paths(), asked };
}

describe('a list of all devices', () => {
	const list = async (answer: (asked: Asked, n: number) => Reply) => {
		const { directory, asked } = directoryOf(answer);
		const names = (await directory.list(new CallMeter())).map(({ name }) => name);
		return { names, cursors: asked.map(({ body }) => body.page_cursor) };
	};

	it('is of locks, by their names, through all pages', async () => {
		const pages = [
			page([lock('1', 'Cellar'), SENSOR], 'b'),
			page([lock('2', 'Attic'), 'nothing', {}], 'c'),
			page([lock('3', 'Balcony')], 'd', false),
		];
		const { names, cursors } = await list((_, n) => pages[n]!);
		expect(names).toEqual(['Attic', 'Balcony', 'Cellar']);
		expect(cursors).toEqual([undefined, 'b', 'c']);
	});

	it('ends where Seam leads back to a page of before', async () => {
		const { cursors } = await list((_, n) => page([lock(`${n}`)], n % 2 === 0 ? 'a' : 'b'));
		expect(cursors).toEqual([undefined, 'a', 'b']);
	});

	it('ends without a cursor, whatever Seam says', async () => {
		expect((await list(() => page([], undefined, true))).cursors).toEqual([undefined]);
		expect((await list(() => ({ json: { devices: [] } }))).cursors).toEqual([undefined]);
	});

	it.each<[Reply, string]>([
		[{ status: 500, json: { devices: [lock('1')] } }, 'upstream'],
		[{ json: {} }, 'upstream'],
		[{ json: { devices: ['nothing'] } }, 'upstream'],
		[error(401, 'unauthorized'), 'authentication'],
	])('fails with the answer %j', async (reply, reason) => {
		const { directory } = directoryOf(() => reply);
		const failed = directory.list(new CallMeter());
		await expect(failed).rejects.toMatchObject({ facts: { reason } });
	});
});

describe('several devices', () => {
	const [one, two] = [uuid('1'), uuid('2')];

	it('are read together, however their IDs are written', async () => {
		const capital = two.toUpperCase();
		const listed = page([lock(one), lock(two)]);
		const { told, paths, asked } = await read(() => listed, [one, capital]);
		expect(told).toEqual([one, two]);
		expect(paths).toEqual(['/devices/list']);
		expect(asked[0]!.body).toEqual({ device_ids: [one, capital], limit: 500 });
	});

	it.each([`x${uuid('3')}`, `${uuid('3')}x`, '7'])(
		'are read without %s, for which Seam would refuse all of them',
		async (odd) => {
			const { told, paths } = await read(
				(asked) => single(asked, page([lock(one), lock(two)])),
				[one, odd, two],
			);
			expect(told).toEqual([one, odd, two]);
			expect(paths).toEqual(['/devices/list', '/devices/get']);
		},
	);

	it.each([
		[400, 'invalid_input'],
		[404, 'device_not_found'],
	])('are read one by one after a %d with %s', async (status, type) => {
		const { told, paths } = await read((asked) => single(asked, error(status, type)), [one, two]);
		expect(told).toEqual([one, two]);
		expect(paths).toEqual(['/devices/list', '/devices/get', '/devices/get']);
	});

	it('all fail with a key that may not read them', async () => {
		const { told, paths } = await read(() => error(403, 'forbidden'), [one, two]);
		expect(told).toEqual(['permission', 'permission']);
		expect(paths).toEqual(['/devices/list']);
	});

	it('that Seam does not list do not exist', async () => {
		expect((await read(() => page([lock(one)]), [one, two])).told).toEqual([one, 'notFound']);
	});

	it('of exactly one page need one request', async () => {
		const ids = Array.from({ length: 500 }, (_, n) => uuid(`${n}`));
		const { paths } = await read(() => page(ids.map((id) => lock(id))), ids);
		expect(paths).toEqual(['/devices/list']);
	});
});

describe('one device', () => {
	it.each<[Reply, string]>([
		[{ json: { device: lock('d') } }, 'd'],
		[{ status: 500, json: { device: lock('d') } }, 'upstream'],
		[{ json: {} }, 'upstream'],
		[error(404, 'device_not_found'), 'notFound'],
		[{ status: 404, json: undefined }, 'notFound'],
	])('with the answer %j: %s', async (reply, told) => {
		expect((await read(() => reply, ['d'])).told).toEqual([told]);
	});

	it.each([
		['noiseaware_sensor', /^"Sensor" is not a lock \(Seam calls it noiseaware_sensor\)$/],
		[undefined, /^"Sensor" is not a lock \(Seam calls it nothing\)$/],
	])('of the type %s is no lock', async (device_type, what) => {
		const { directory } = directoryOf(() => ({ json: { device: { ...SENSOR, device_type } } }));
		const readings = await directory.read(['s'], new CallMeter(), { parts: 'lock' } as never);
		const { facts } = readings.get('s') as Failure;
		expect(facts).toMatchObject({ reason: 'notSupported', notExecuted: true });
		expect(facts.what).toMatch(what);
		expect(directory.nameOf('S')).toBe('Sensor');
	});
});

describe('the list of a picker', () => {
	it('begins with a page that has a lock', async () => {
		const pages = [page([SENSOR], 'b'), page([lock('2', 'B'), SENSOR, lock('1', 'A')], 'c')];
		const { directory, asked } = directoryOf((_, n) => pages[n]!);
		expect(await directory.search(' front ', undefined)).toEqual({
			results: [
				{ name: 'A (1)', value: '1' },
				{ name: 'B (2)', value: '2' },
			],
			paginationToken: 'c',
		});
		expect(asked.map(({ body }) => body)).toEqual([
			{ search: 'front', limit: 100 },
			{ search: 'front', limit: 100, page_cursor: 'b' },
		]);
	});

	it('is empty where there is no lock', async () => {
		const { directory, asked } = directoryOf(() => page([SENSOR]));
		expect(await directory.search('  ', 'x')).toEqual({ results: [] });
		expect(asked.map(({ body }) => body)).toEqual([{ limit: 100, page_cursor: 'x' }]);
	});
});
