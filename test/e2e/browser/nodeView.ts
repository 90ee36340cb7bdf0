import type { Locator } from 'playwright-core';
import { byTestId, choicesOf, type Editor } from './editor';

/** The panel of one node: its parameters, and what comes out. */
export class NodeView {
	readonly #root: Locator;

	constructor(readonly editor: Editor) {
		this.#root = editor.part('ndv');
	}

	part(id: string): Locator {
		return byTestId(this.#root, id);
	}

	field(name: string): Locator {
		return this.part(`parameter-input-${name}`);
	}

	async chooseCredential(name: string): Promise<void> {
		await this.part('node-credentials-select').click();
		const ofThatName = this.editor.page.getByText(name, { exact: true });
		await choicesOf(this.editor.page).filter({ has: ofThatName }).click();
	}

	/** Opens the list of devices, which has a search. */
	async openDevices(): Promise<Locator> {
		await this.part('rlc-input').click();
		const devices = this.editor.part('rlc-item');
		await devices.first().waitFor();
		return devices;
	}

	async chooseDevice(name: string): Promise<void> {
		const devices = await this.openDevices();
		await devices.filter({ hasText: name }).click();
	}

	/** The choices of a field; those that a service tells are waited for. */
	async openList(field: string): Promise<Locator> {
		await this.field(field).locator('.el-select--disabled').waitFor({ state: 'hidden' });
		await this.field(field).click();
		const choices = choicesOf(this.editor.page);
		await choices.first().waitFor();
		return choices;
	}

	async tick(field: string, names: string[]): Promise<void> {
		const choices = await this.openList(field);
		for (const name of names) {
			await choices.filter({ hasText: name }).click();
		}
		await this.closeList();
	}

	/** Escape ends the list, not the panel. */
	async closeList(): Promise<void> {
		await this.editor.page.keyboard.press('Escape');
		await choicesOf(this.editor.page).first().waitFor({ state: 'hidden' });
	}

	async choose(field: string, name: string): Promise<void> {
		const choices = await this.openList(field);
		await choices.filter({ hasText: name }).click();
	}

	async execute(): Promise<void> {
		await this.part('node-execute-button').click();
	}

	get output(): Locator {
		return this.part('output-panel');
	}

	/** The output's table as rows of texts by heading. */
	async outputTable(): Promise<Array<Record<string, string>>> {
		await byTestId(this.output, 'radio-button-table').click();
		const table = this.output.locator('table').first();
		await table.locator('tbody td').first().waitFor();
		const headings = await table.locator('thead th').allInnerTexts();
		const rows = await table.locator('tbody tr').all();
		const texts = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
		return texts
			.filter((cells) => cells.length > 1)
			.map((cells) =>
				Object.fromEntries(
					headings.map((heading, at) => [heading.trim(), cells[at]?.trim() ?? '']),
				),
			);
	}

	get hints(): Locator {
		return byTestId(this.output, 'node-hint');
	}

	get notice(): Locator {
		return this.part('node-parameters').locator('.notice-content');
	}

	async close(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.#root.waitFor({ state: 'hidden' });
	}
}
