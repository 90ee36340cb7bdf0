/** What the editor shows. */
const FORMS = '../package/{forms,package,triggerHints}';

/**
 * The rooms of docs/architecture.md, and the tests that a mutant in each of them has to survive.
 * `own` are quick ones, few of which start n8n's engine. What survives them meets `wider`, the few
 * files that lead through the room, then FORM_TESTS, and then ALL_TESTS.
 */
export const ROOMS = {
	basics: { sources: 'shared/basics', own: ['shared/basics/*'], wider: ['shared/http/client'] },
	model: { sources: 'shared/model', own: ['shared/model/*'], wider: [] },
	changes: { sources: 'shared/triggers/changes', own: ['shared/triggers/changes/*'], wider: [] },
	http: {
		sources: 'shared/http',
		own: ['shared/http/!(client)'],
		wider: ['shared/http/client', 'scenarios/{quotaWaits,secrets,tokenEndpoint}'],
	},
	service: {
		sources: 'shared/service',
		own: ['shared/service/*'],
		wider: ['Seam/api/commands', 'scenarios/{badCredentials,hostOfCredential,names,nativeAgents}'],
	},
	n8n: {
		sources: 'shared/n8n',
		own: ['shared/n8n/*'],
		wider: ['scenarios/{onError,badParameters,carPickers}', 'Seam/api/picker'],
	},
	forms: {
		sources: 'shared/forms',
		own: [],
		wider: [FORMS, '../credentials/*', 'scenarios/hostOfCredential'],
	},
	actions: {
		sources: 'shared/actions',
		own: ['shared/actions/*'],
		wider: ['scenarios/{command*,outputForms,partsThatCount}', 'Seam/api/commands'],
	},
	triggers: {
		sources: 'shared/triggers',
		without: 'shared/triggers/*/',
		own: ['shared/triggers/*'],
		wider: ['scenarios/{storedState,publishedTriggers}', '{Seam,Volvo}/polling/*Trigger'],
	},
	polling: {
		sources: 'shared/triggers/polling',
		own: ['shared/triggers/polling/*'],
		wider: [
			'Volvo/polling/*',
			'Seam/polling/seamTrigger{,Log*,Notices}',
			'scenarios/{firstPolls,publishedTriggers}',
		],
	},
	webhook: {
		sources: 'shared/triggers/webhook',
		own: ['shared/triggers/webhook/*'],
		wider: ['Smartcar/webhook/*', 'scenarios/refusedDeliveries'],
	},
	codes: {
		sources: 'Seam/codes',
		own: ['Seam/codes/!(pins|fence)'],
		wider: ['Seam/codes/*', 'Seam/events/*', FORMS],
	},
	events: {
		sources: 'Seam/events',
		own: ['Seam/events/*'],
		wider: [
			'Seam/events/*',
			'Seam/polling/seam{CodeHistories,TriggerCodes,TriggerGuests}',
			'Seam/webhook/*Codes',
		],
	},
	Seam: {
		sources: 'Seam',
		without: 'Seam/{codes,events}',
		own: ['Seam/webhook/seam{Signature,WebhookEvents}', 'Seam/api/seam*'],
		wider: ['Seam/api/*', 'Seam/webhook/*', 'Seam/polling/*', FORMS],
	},
	Smartcar: {
		sources: 'Smartcar',
		own: ['Smartcar/webhook/smartcar{Payload,Signature}', 'Smartcar/api/smartcar?*'],
		wider: ['Smartcar/api/*', 'Smartcar/webhook/*', 'Smartcar/polling/*', FORMS],
	},
	Volvo: {
		sources: 'Volvo',
		own: ['Volvo/api/volvo?*'],
		wider: ['Volvo/api/*', 'Volvo/polling/*', FORMS],
	},
};

/** Below test/nodes, as above. Not those that measure time or run a script. */
export const ALL_TESTS = ['**/*', '../credentials/*', FORMS, '../package/httpRequest'];

/** Quick tests of what is made when a file is loaded, for which ALL_TESTS would take minutes. */
export const FORM_TESTS = [FORMS, '../credentials/*'];
