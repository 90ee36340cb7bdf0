import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

type Credentials = Record<string, ICredentialDataDecryptedObject>;

/** What was decrypted last of a type, and from which data. */
interface Decrypted {
	type: ICredentialType;
	from: string;
	filled: ICredentialDataDecryptedObject;
}

/**
 * For all engines of a test file: n8n asks for the credential at each request, and to fill it takes
 * longer than the request.
 */
const lastDecrypted = new Map<string, Decrypted>();

/** Handles a credential as n8n's own helper does, in memory instead of the database. */
export class MemoryCredentials extends (ICredentialsHelper as new () => ICredentialsHelper) {
	/** Every token that n8n stored after a refresh. */
	readonly savedTokens: unknown[] = [];

	constructor(
		readonly data: Credentials,
		private readonly typeOf: (name: string) => ICredentialType,
	) {
		super();
	}

	override getParentTypes(name: string): string[] {
		return this.typeOf(name).extends ?? [];
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_credential: unknown,
		name: string,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.data[name];
		if (data === undefined) throw new Error(`Credential of type "${name}" does not exist`);
		const type = this.typeOf(name);
		const from = JSON.stringify(data);
		let last = lastDecrypted.get(name);
		if (last?.type !== type || last.from !== from) {
			last = { type, from, filled: filledIn(type, data) };
			lastDecrypted.set(name, last);
		}
		// n8n decrypts anew each time, so nobody sees what another has changed
		return await Promise.resolve(structuredClone(last.filled));
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		name: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeOf(name);
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		const parts = resolveExpressions(authenticate.properties, { $credentials: credentials });
		const { headers } = parts as Pick<IHttpRequestOptions, 'headers'>;
		return { ...request, headers: { ...request.headers, ...headers } };
	}

	override async updateCredentialsOauthTokenData(
		_credential: unknown,
		name: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[name] = { ...this.data[name], ...data };
		this.savedTokens.push(data.oauthTokenData);
		await Promise.resolve();
	}

	override async getCredentials(): Promise<never> {
		return await Promise.reject(new Error('Not used by nodes'));
	}

	override getCredentialsProperties() {
		return [];
	}

	override isCredentialUsableByNode() {
		return true;
	}

	override async preAuthentication() {
		return await Promise.resolve(undefined);
	}

	override async runPreAuthentication() {
		return await Promise.resolve(undefined);
	}

	override async updateCredentials(): Promise<void> {
		await Promise.resolve();
	}
}

/** The data with the defaults of the form, and its expressions evaluated. */
function filledIn(
	{ properties }: ICredentialType,
	data: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const form = data as INodeParameters;
	const withDefaults = NodeHelpers.getNodeParameters(properties, form, true, false, null, null);
	// what n8n stores beside the form, such as a token, is not a property of the type
	const filled = { ...data, ...withDefaults } as ICredentialDataDecryptedObject;
	return resolveExpressions(filled, {}, filled) as ICredentialDataDecryptedObject;
}

/** Evaluates the expressions in a credential as n8n does: over `$self`, and over `$credentials`. */
export function resolveExpressions(
	value: unknown,
	additionalKeys: IDataObject,
	$self: IDataObject = {},
): unknown {
	const node: INode = {
		id: 'n',
		name: 'Node',
		type: 'none',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodeTypes = {
		getByName: () => undefined,
		getByNameAndVersion: () => undefined,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getComplexParameterValue(
		node,
		value as INodeParameters,
		'internal',
		additionalKeys,
		undefined,
		undefined,
		$self,
	);
}
