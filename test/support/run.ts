import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';

/** The result of a workflow, in n8n's engine alone and in a complete n8n. */
export interface Run extends Pick<IRun, 'status' | 'data'> {
	/** The first output of a node in its last run. */
	items(nodeName: string, outputIndex?: number): INodeExecutionData[];
	/** The same, without the pairing. */
	json(nodeName: string, outputIndex?: number): IDataObject[];
}

export function withItems<Finished extends Pick<IRun, 'status' | 'data'>>(
	run: Finished,
): Finished & Run {
	const items = (nodeName: string, outputIndex = 0) =>
		run.data.resultData.runData[nodeName]?.at(-1)?.data?.main?.[outputIndex] ?? [];
	return Object.assign(run, {
		items,
		json: (nodeName: string, outputIndex = 0) =>
			items(nodeName, outputIndex).map((item) => item.json),
	});
}
