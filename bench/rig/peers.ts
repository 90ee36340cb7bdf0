import type { IDataObject, INode } from 'n8n-workflow';
import type { Engine } from '../../test/support/engine';
import type { ServiceFacts, ServiceName } from './serviceCommands';

/** One device to be read. */
export interface Asked {
	id: string;
	/** Only for Smartcar's API v3: the user of the vehicle. */
	userId?: string;
}

/** How a person who writes the request by hand reads one device's lock. */
export interface PeerRequest {
	credentialType: string;
	method: 'GET' | 'POST';
	/** The device, or n8n's expressions for it. */
	path: (device: Asked) => string;
	body?: (device: Asked) => object;
	headers: (device: Asked, facts: ServiceFacts) => Record<string, string>;
}

export const PEER_REQUESTS: Record<ServiceName, PeerRequest> = {
	seam: {
		credentialType: 'seamApi',
		method: 'POST',
		path: () => '/locks/get',
		body: ({ id }) => ({ device_id: id }),
		headers: () => ({}),
	},
	smartcarV2: {
		credentialType: 'smartcarV2OAuth2Api',
		method: 'GET',
		path: ({ id }) => `/v2.0/vehicles/${id}/security`,
		headers: () => ({}),
	},
	smartcarV3: {
		credentialType: 'smartcarOAuth2Api',
		method: 'GET',
		path: ({ id }) => `/v3/vehicles/${id}/signals`,
		headers: ({ userId }) => ({ 'sc-user-id': userId! }),
	},
	volvo: {
		credentialType: 'volvoApi',
		method: 'GET',
		path: ({ id }) => `/connected-vehicle/v2/vehicles/${id}/doors`,
		headers: (_device, { credential }) => ({ 'vcc-api-key': credential.vccApiKey as string }),
	},
};

const EXPRESSIONS: Asked = { id: '{{ $json.id }}', userId: '{{ $json.userId }}' };

/** n8n's own HTTP Request node with one of our credentials. */
export function httpRequestNode(
	engine: Engine,
	credentialType: string,
	parameters: IDataObject,
): INode {
	return engine.node(
		'n8n-nodes-base.httpRequest',
		{
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credentialType,
			options: {},
			...parameters,
		},
		{
			typeVersion: 4.2,
			credentials: { [credentialType]: { id: credentialType, name: credentialType } },
		},
	);
}

/** n8n's own node as a person would set it up, for items with an `id` and maybe a `userId`. */
export function peerNode(engine: Engine, name: ServiceName, facts: ServiceFacts): INode {
	const { credentialType, method, path, body, headers } = PEER_REQUESTS[name];
	return httpRequestNode(engine, credentialType, {
		method,
		url: `=${facts.url}${path(EXPRESSIONS)}`,
		sendHeaders: true,
		specifyHeaders: 'json',
		jsonHeaders: `=${JSON.stringify(headers(EXPRESSIONS, facts))}`,
		...(body && {
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `=${JSON.stringify(body(EXPRESSIONS))}`,
		}),
	});
}

/** The node before it that lists Smartcar's vehicles and their users, page by page. */
export function connectionsNode(engine: Engine, { url }: ServiceFacts): INode {
	return httpRequestNode(engine, PEER_REQUESTS.smartcarV3.credentialType, {
		url: `${url}/v3/connections?page[size]=100&filter[vehicle.mode]=live`,
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [{ type: 'qs', name: 'page[number]', value: '={{ $pageCount + 1 }}' }],
					},
					paginationCompleteWhen: 'other',
					completeExpression: '={{ !$response.body.links.next }}',
				},
			},
		},
	});
}

interface Connection {
	relationships: Record<'user' | 'vehicle', { data: { id: string } }>;
}

/** The output of a Split Out node for its answers. */
export const askedOf = (pages: readonly IDataObject[]): Asked[] =>
	pages.flatMap(({ data }) =>
		(data as unknown as Connection[]).map(({ relationships: { user, vehicle } }) => ({
			id: vehicle.data.id,
			userId: user.data.id,
		})),
	);
