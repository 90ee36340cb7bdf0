import { readServices, watchState } from './api.js';
import { createCallList } from './callList.js';
import { html, write } from './dom.js';
import { createFaultPanel } from './faultPanel.js';
import { describeNews } from './news.js';
import { createServiceSection } from './serviceSection.js';

const find = (id) => document.getElementById(id);

function tell(text, isProblem = false) {
	const news = find('news');
	news.dataset.problem = String(isProblem);
	write(news, text);
}

function showLive(isLive) {
	const connection = find('connection');
	connection.dataset.live = String(isLive);
	write(connection, isLive ? 'Live' : 'Connection lost. Are the simulators still running?');
}

const jump = (target, text) => html('a', { href: `#${target}` }, text);

async function start() {
	const { services } = await readServices();
	let state;
	const sections = new Map();
	const faultPanel = createFaultPanel(find('faults'), services, act);
	const showCalls = createCallList(find('calls'), services);
	find('jumps').append(
		jump('faults', 'Faults'),
		jump('calls', 'Calls'),
		...services.map(({ name, label }) => jump(name, label)),
	);

	function show(next) {
		const news = describeNews(state, next);
		const isFirst = state === undefined;
		state = next;
		for (const each of next.services) {
			const section = sections.get(each.name);
			if (section) section.update(each);
			else addSection(each);
		}
		faultPanel.update(next);
		if (isFirst) faultPanel.start();
		showCalls(next.calls);
		if (news) tell(news);
	}

	function addSection(serviceState) {
		const service = services.find(({ name }) => name === serviceState.name);
		const section = createServiceSection(service, serviceState, act);
		sections.set(service.name, section);
		find('services').append(section.element);
	}

	/** Does something at the simulators and shows the outcome; `rethrows`: the caller shows it. */
	async function act(request, done, rethrows = false) {
		try {
			show(await request());
			if (done) tell(done);
		} catch (error) {
			if (rethrows) throw error;
			tell(error.message, true);
		}
	}

	watchState(show, showLive);
}

start().catch((error) => tell(error.message, true));
