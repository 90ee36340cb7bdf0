import type { Browser, Locator, Page } from 'playwright-core';
import { OWNER } from '../host/editorSession';

const SHOWN_MS = 20_000;
/** The height shows a node's panel without scrolling. */
const VIEWPORT = { width: 1280, height: 860 };

/** What n8n's editor calls its parts; the element itself or an input with the name. */
export const byTestId = (within: Page | Locator, id: string): Locator =>
	within.locator(`[data-test-id="${id}"]`);

/** The visible choices of the open drop-down list. */
export const choicesOf = (page: Page): Locator =>
	page.locator('.el-select-dropdown__item').filter({ visible: true });

/** n8n's editor in a browser, signed in. */
export class Editor {
	private constructor(
		readonly page: Page,
		readonly url: string,
	) {}

	/** Signs in by the page that a person sees first. */
	static async signIn(browser: Browser, url: string): Promise<Editor> {
		const context = await browser.newContext({
			viewport: VIEWPORT,
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(SHOWN_MS);
		const page = await context.newPage();
		await page.goto(`${url}/signin`);
		await page.getByLabel('Email').fill(OWNER.email);
		await page.getByLabel('Password').fill(OWNER.password);
		await byTestId(page, 'form-submit-button').click();
		await page.waitForURL(/\/home\//);
		return new Editor(page, url);
	}

	part(id: string): Locator {
		return byTestId(this.page, id);
	}

	async openNewWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Opens the panel of a node of the workflow. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.part('ndv').waitFor();
	}

	/** Opens the node panel and leaves the text in its search. */
	async searchNodes(text: string): Promise<void> {
		if (!(await this.part('node-creator').isVisible())) {
			await this.part('node-creator-plus-button').click();
		}
		await this.part('node-creator-search-bar').fill(text);
	}

	/** An entry of the node panel. */
	entry(name: string): Locator {
		const ownName = byTestId(this.page, 'node-creator-item-name').getByText(name, { exact: true });
		return byTestId(this.part('node-creator'), 'item-iterator-item').filter({ has: ownName });
	}

	/** Opens an entry of the node panel with all that it offers. */
	async openEntry(name: string): Promise<void> {
		await this.entry(name).click();
		await this.page.getByText('Node details').waitFor();
		await this.category('Actions').click();
		await this.entry('Get lock status').waitFor();
	}

	category(name: 'Actions' | 'Triggers'): Locator {
		return this.part('node-creator-category-item').filter({ hasText: name });
	}

	/** Adds what the node panel offers by such a text; its panel opens. */
	async add(node: string, offer: string): Promise<void> {
		await this.openNewWorkflow();
		await this.searchNodes(node);
		await this.openEntry(node);
		await this.entry(offer).click();
		await this.part('ndv').waitFor();
	}
}
