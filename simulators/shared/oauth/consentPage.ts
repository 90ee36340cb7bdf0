const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const drawPage = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
body { font: 18px/1.5 system-ui, sans-serif; max-width: 34em; margin: 3em auto; padding: 0 1em }
button { font: inherit; padding: .4em 1.6em; margin-right: 1em; cursor: pointer }
</style>
</head>
<body>
<h1>${title}</h1>
${content}
</body>
</html>
`;

const drawField = ([name, value]: [string, string]): string =>
	`<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;

const drawScope = (scope: string): string => `<li>${escapeHtml(scope)}</li>`;

/** The consent page. Its form sends the parameters back, with `decision`. */
export function drawConsentPage(
	action: string,
	parameters: URLSearchParams,
	scopes: readonly string[],
): string {
	const clientId = escapeHtml(parameters.get('client_id') ?? '');
	return drawPage(
		'Allow access?',
		`<p>The application <b>${clientId}</b> asks this simulator for:</p>
<ul>${scopes.map(drawScope).join('')}</ul>
<form method="post" action="${escapeHtml(action)}">
${[...parameters].map(drawField).join('\n')}
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button>
</form>`,
	);
}

/** What a user sees if the request cannot be sent back to the application. */
export const drawRefusalPage = (reason: string): string =>
	drawPage('This sign-in cannot work', `<p>${escapeHtml(reason)}</p>`);
