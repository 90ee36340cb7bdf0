import type { IExecuteFunctions } from 'n8n-workflow';

import { pickedName } from '../../shared/actions/parameters';
import { Failure } from '../../shared/model/failure';
import type { DeviceNames } from '../../shared/service/deviceNames';
import type { WantedLocks } from './codeParameters';
import { readerOf, readLocks } from './readCodeRequest';

/**
 * The lock of each item that is about a single one, for its errors. Notes the name that the editor
 * shows for a picked lock.
 * @param locksOf The locks that a valid request names.
 */
export function itemLocks<Request>(
	context: IExecuteFunctions,
	requests: ReadonlyArray<Request | Failure>,
	locksOf: (request: Request) => WantedLocks,
	names: DeviceNames,
): Array<string | null> {
	const picked = pickedName(context);
	return requests.map((request, itemIndex) => {
		const ids = request instanceof Failure ? namedLocks(context, itemIndex) : locksOf(request);
		const id = ids?.length === 1 ? (ids[0] ?? null) : null;
		if (id !== null) names.note(id, picked);
		return id;
	});
}

/** The locks of an item with invalid parameters, if it names some. */
function namedLocks(context: IExecuteFunctions, itemIndex: number): WantedLocks {
	try {
		return readLocks(readerOf(context, itemIndex));
	} catch {
		return null;
	}
}
