import type { Locator } from 'playwright-core';
import { byTestId, choicesOf, type Editor } from './editor';

/** The form of a credential. */
export class CredentialForm {
	readonly #root: Locator;

	private constructor(readonly editor: Editor) {
		this.#root = editor.part('editCredential-modal');
	}

	/** Opens the form of a new one. */
	static async create(editor: Editor, type: string): Promise<CredentialForm> {
		await editor.page.goto(`${editor.url}/home/credentials/create`);
		await byTestId(editor.page, 'new-credential-type-select').locator('input').fill(type);
		await byTestId(editor.page, 'new-credential-type-select-option')
			.filter({ hasText: type })
			.click();
		await byTestId(editor.page, 'new-credential-type-button').click();
		const form = new CredentialForm(editor);
		await form.#root.waitFor();
		return form;
	}

	async fill(field: string, text: string): Promise<void> {
		await byTestId(this.#root, `parameter-input-${field}`).locator('input').fill(text);
	}

	async choose(field: string, name: string): Promise<void> {
		await byTestId(this.#root, `parameter-input-${field}`).click();
		await choicesOf(this.editor.page).filter({ hasText: name }).click();
	}

	/** n8n tests it then by itself. */
	async save(): Promise<void> {
		await byTestId(this.#root, 'credential-save-button').click();
	}

	get success(): Locator {
		return byTestId(this.#root, 'credentials-config-container-test-success');
	}

	get failure(): Locator {
		return this.#root.locator('.el-tag').filter({ hasText: 'connect with these settings' });
	}

	/** What n8n says behind its own sentence that the test failed. */
	async readFailure(): Promise<string> {
		await this.failure.getByText('More details').click();
		await this.failure.getByText('More details').waitFor({ state: 'hidden' });
		return await this.failure.innerText();
	}
}
