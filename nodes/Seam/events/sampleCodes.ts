import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { textOf } from '../../shared/basics/guards';
import { guestCodeOf } from '../codes/guestCode';
import { withGuestCode } from './guestCode';
import { onlyTheseCodes } from './onlyTheseCodes';

/** The code of the sample events that are about one. */
const SAMPLE_LABELS = { name: '[B-1042] Ann', commonCodeKey: null };

/**
 * Sample items with whose code they are about, where they name one.
 * @throws Failure `badRequest` if 'Only These Codes' is invalid, as a poll does.
 */
export function samplesWithCodes(
	context: IPollFunctions,
	items: INodeExecutionData[][] | null,
): INodeExecutionData[][] | null {
	onlyTheseCodes(context);
	return (items ?? []).map((output) => output.map(({ json }) => ({ json: withSample(json) })));
}

function withSample(item: INodeExecutionData['json']): INodeExecutionData['json'] {
	const codeId = textOf(item.accessCodeId);
	return withGuestCode(item, codeId === undefined ? null : guestCodeOf(codeId, SAMPLE_LABELS));
}
