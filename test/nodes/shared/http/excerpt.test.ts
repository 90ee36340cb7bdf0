import { excerptOf } from '../../../../nodes/shared/http/excerpt';

const excerpt = (text: string, type = 'text/html') =>
	excerptOf({ status: 200, headers: { 'content-type': type }, text, json: undefined });
const begin = (text: string) => excerpt(text).replace('The answer (text/html) begins: ', '');

it.each([
	['<p>Sign in to <b>the hotel</b></p>', 'Sign in to the hotel'],
	['<head><style>p { color: red }</style><title>Proxy</title>', 'Proxy'],
	['<SCRIPT src="x">if (a < b) { steal() }</SCRIPT ><p>Down</p>', 'Down'],
	['<script>let a = "</p>";</script>Down<script>let b', 'Down'],
	['<script/>Down', 'Down'],
	['<p>Down</p><script>for (let n = 0; n < 9; n++) say("x")', 'Down'],
	['<!doctype html><!-- a comment --><?php ?>Down', 'Down'],
	['Too cold: 3 < 5 > 4', 'Too cold: 3 < 5 > 4'],
	['Is 3 < 5? Yes', 'Is 3 < 5? Yes'],
	['Down<p class="cut', 'Down'],
	['<error><secret>whsec_x</secret><code>7</code></error>', '7'],
	['<access_token kind="x">abc<b>d</b></access_token> is expired', 'is expired'],
	['<apiKey/>Down', 'Down'],
	['{"webhook":{"secret":"whsec_x","url":"u"}', '{"webhook":{"secret":[hidden],"url":"u"}'],
])('of the page %j the error shows %j', (page, words) => {
	expect(begin(page)).toBe(words);
});

it('has a sentence for a page without readable text', () => {
	expect(excerpt(' \n ')).toBe('The answer was empty');
	expect(excerpt('<html><body></body></html>')).toBe(
		'The answer (text/html) begins with no readable text',
	);
	expect(excerptOf({ status: 200, headers: {}, text: 'x', json: undefined })).toBe(
		'The answer (no content type) begins: x',
	);
});

it('reads no further than the head of a long page', () => {
	expect(excerpt(`${'<p>'.repeat(16_667)}Down`)).toMatch(/begins with no readable text$/);
});

it('shows only the beginning of the text and of the content type', () => {
	const shown = excerpt('word '.repeat(1000), 'x'.repeat(1000));
	expect(shown.length).toBeLessThan(450);
	expect(shown).toMatch(/^The answer \(x{100}…\) begins: (word ){60}…$/);
});
