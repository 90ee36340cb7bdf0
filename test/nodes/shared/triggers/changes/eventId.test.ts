import { eventId } from '../../../../../nodes/shared/triggers/changes/eventId';

const CAR = { service: 'volvo', deviceId: 'car' };
const TIME = '2026-11-21T22:29:59.000Z';

// workflows remember ids of earlier versions, so this format stays
it('an event id has the service, the device, the event, the part, the new state and the time', () => {
	expect(eventId(CAR, 'doorOpened', 'doors.rearLeft', 'open', TIME)).toBe(
		`volvo:car:doorOpened:doors.rearLeft:open:${TIME}`,
	);
});

it('two changes that differ in anything have two ids', () => {
	const ids = [
		eventId(CAR, 'doorOpened', 'doors.rearLeft', 'open', TIME),
		eventId({ ...CAR, service: 'smartcar' }, 'doorOpened', 'doors.rearLeft', 'open', TIME),
		eventId({ ...CAR, deviceId: 'van' }, 'doorOpened', 'doors.rearLeft', 'open', TIME),
		eventId(CAR, 'doorLeftOpen', 'doors.rearLeft', 'open', TIME),
		eventId(CAR, 'doorOpened', 'doors.rearRight', 'open', TIME),
		eventId(CAR, 'doorOpened', 'doors.rearLeft', 'ajar', TIME),
		eventId(CAR, 'doorOpened', 'doors.rearLeft', 'open', '#1'),
	];
	expect(new Set(ids).size).toBe(ids.length);
});
