import { CallMeter } from '../../../../nodes/shared/http/request';
import { Failure } from '../../../../nodes/shared/model/failure';
import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import { readEach } from '../../../../nodes/shared/service/readEach';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';

const ASLEEP = new Failure({ reason: 'asleep', what: 'It is asleep', userAction: 'Wake it' });
const reading = (id: string): Reading =>
	nothingRead({ service: 'volvo', deviceType: 'vehicle' }, id, id);

it('a device that fails leaves the others their readings', async () => {
	const readings = await readEach(['a', 'b', 'c'], 2, new CallMeter(), async (id) => {
		if (id === 'b') throw ASLEEP;
		return await Promise.resolve(reading(id));
	});
	expect([...readings].sort()).toEqual([
		['a', reading('a')],
		['b', ASLEEP],
		['c', reading('c')],
	]);
});

it('an error of our own is a failure of its device, too', async () => {
	const readings = await readEach(['a'], 1, new CallMeter(), () => {
		throw new TypeError('x is not a function');
	});
	const outcome = readings.get('a');
	expect(outcome).toBeInstanceOf(Failure);
	expect((outcome as Failure).facts).toMatchObject({ reason: 'unknown' });
});

it('each device is charged for its own calls only, and the run for all of them', async () => {
	const meter = new CallMeter();
	await readEach(['a', 'b'], 2, meter, async (id, own) => {
		own.count(1);
		if (id === 'b') own.count(2);
		return await Promise.resolve(reading(id));
	});
	expect([meter.callsFor('a'), meter.callsFor('b'), meter.calls]).toEqual([1, 2, 3]);
});

it('no more devices are asked at once than the service allows', async () => {
	let [atOnce, most] = [0, 0];
	await readEach(['a', 'b', 'c', 'd', 'e'], 2, new CallMeter(), async (id) => {
		most = Math.max(most, ++atOnce);
		await new Promise((resolve) => setImmediate(resolve));
		atOnce--;
		return reading(id);
	});
	expect(most).toBe(2);
});
