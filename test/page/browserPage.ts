import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { focusedText } from './insidePage';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const QUIETLY = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
	chromium.launch({ executablePath: CHROMIUM, headless: true, args: QUIETLY });

export interface WatchedPage {
	page: Page;
	/** The browser's complaints, and requests to foreign addresses. */
	complaints: string[];
}

/** The page, live and with its devices shown. */
export async function openPage(
	browser: Browser,
	url: string,
	options: BrowserContextOptions = {},
): Promise<WatchedPage> {
	const page = await browser.newPage({ viewport: { width: 1440, height: 950 }, ...options });
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(error.message));
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(`${url}/`)) complaints.push(`foreign: ${request.url()}`);
	});
	await page.goto(`${url}/`);
	await page.getByText('Live', { exact: true }).waitFor();
	await page.locator('.device').first().waitFor();
	return { page, complaints };
}

/**
 * Tabs until an element of the selector with this text has the focus. Throws after a full round.
 */
export async function tabTo(page: Page, selector: string, name: RegExp): Promise<void> {
	for (let presses = 0; presses < 400; presses += 1) {
		await page.keyboard.press('Tab');
		const reached = await page.evaluate<string | null>(focusedText(selector));
		if (reached !== null && name.test(reached)) return;
	}
	throw new Error(`Tab never reached ${selector} ${String(name)}`);
}
