import { randomBytes } from 'node:crypto';

/** The part of a webview that its page needs. */
export interface PageHost {
  readonly cspSource: string;
  /** The address under which the webview loads a file of dist/webview. */
  readonly file: (name: string) => string;
}

/** What one panel's page is made of: its bundle's name, its title, and data for its script. */
export interface Page {
  readonly bundle: 'evals' | 'drift';
  readonly title: string;
  /** Read by the script from `<body data-panel>`; what it must know to ask for itself again after a reload. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The page of any panel, written nowhere else. Nothing but our bundle runs and nothing is loaded but our files: no inline script or style,
 * no image, no connection. Strings go in as escaped data.
 */
export function panelHtml(host: PageHost, { bundle, title, data }: Page): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string): string => escapeHtml(host.file(name));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(host.cspSource, nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${file('codicon.css')}">
<link rel="stylesheet" href="${file(`${bundle}.css`)}">
</head>
<body data-panel="${escapeHtml(JSON.stringify(data))}">
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${file(`${bundle}.js`)}"></script>
</body>
</html>
`;
}

/** The policy of every panel: everything is refused but our script by its nonce, and style sheets and the icon font of the extension. */
export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    "img-src 'none'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
  ].join('; ');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
