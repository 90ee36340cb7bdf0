import { CallMeter } from '../../../../nodes/shared/http/request';

it('counts what is sent, on top of what was sent before', () => {
	const meter = new CallMeter({ calls: 2 });
	expect([meter.calls, meter.lastSentAtMs]).toEqual([2, undefined]);
	meter.count(1000);
	meter.count(3000);
	expect([meter.calls, meter.lastSentAtMs]).toEqual([4, 3000]);
});

it('counts the calls for one device for all of them as well', () => {
	const meter = new CallMeter();
	meter.count(1);
	meter.ofDevice('a').count(2);
	meter.ofDevice('b').count(3);
	meter.ofDevice('b').count(4);
	expect(meter.calls).toBe(4);
	expect(['a', 'b', 'c'].map((id) => meter.callsFor(id))).toEqual([2, 3, 1]);
	// a reading of one device is not the request that the time is about
	expect([meter.lastSentAtMs, meter.ofDevice('b').lastSentAtMs]).toEqual([1, 4]);
});

it('books each call once, and asks the budget for its devices too', () => {
	const booked: number[] = [];
	const meter = new CallMeter({
		onCall: (atMs) => booked.push(atMs),
		isSpent: () => booked.length > 1,
	});
	const own = meter.ofDevice('a');
	meter.count(1);
	expect([meter.isSpent, own.isSpent]).toEqual([false, false]);
	own.count(2);
	expect([meter.isSpent, own.isSpent]).toEqual([true, true]);
	expect(booked).toEqual([1, 2]);
	expect(new CallMeter().isSpent).toBe(false);
});
