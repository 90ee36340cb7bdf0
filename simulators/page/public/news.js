const SAID_AT_ONCE = 3;

function compareDevices(before, after) {
	const news = [];
	if (before.lock !== after.lock) news.push(after.lock === 'unknown' ? 'lock unknown' : after.lock);
	if (before.online !== after.online) news.push(after.online ? 'online' : 'offline');
	for (const part of after.parts) {
		const old = before.parts.find(({ id }) => id === part.id);
		if (old && old.state !== part.state) news.push(`${part.label.toLowerCase()} ${part.state}`);
	}
	const codes = (after.codes ?? []).filter(({ id, state }) =>
		before.codes?.every((old) => old.id !== id || old.state !== state),
	);
	for (const { name, state } of codes) news.push(`code ${name}: ${state}`);
	return news.length > 0 ? [`${after.name}: ${news.join(', ')}.`] : [];
}

const compareServices = (before, after) =>
	after.devices.flatMap((device) => {
		const old = before?.devices.find(({ id }) => id === device.id);
		return old ? compareDevices(old, device) : [];
	});

/** What happened between two states, in a sentence or a few; empty: nothing worth saying. */
export function describeNews(before, after) {
	const all = after.services.flatMap((service) =>
		compareServices(
			before?.services.find(({ name }) => name === service.name),
			service,
		),
	);
	const more = all.length - SAID_AT_ONCE;
	return [...all.slice(0, SAID_AT_ONCE), ...(more > 0 ? [`And ${more} more changed.`] : [])].join(
		' ',
	);
}
