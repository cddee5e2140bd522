import { describe, expect, it } from 'vitest';
import { panelHtml } from '../../extension/panels/html.ts';

const HOST = { cspSource: 'https://file+.vscode-resource.test', file: (name: string) => `https://file+.vscode-resource.test/${name}` };

describe("a panel's page", () => {
  it('refuses everything but our script, our style sheets and the icon font', () => {
    const page = panelHtml(HOST, { bundle: 'evals', title: 'Evals', data: {} });
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, nonce = ''] = /<script type="module" nonce="([^"]*)"/.exec(page) ?? [];
    const rules = Object.fromEntries(
      policy
        .replaceAll('&#39;', "'")
        .split('; ')
        .map((rule) => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
    );
    expect(rules).toEqual({
      'default-src': "'none'",
      'script-src': `'nonce-${nonce}'`,
      'style-src': HOST.cspSource,
      'font-src': HOST.cspSource,
      'img-src': "'none'",
      'connect-src': "'none'",
      'form-action': "'none'",
      'base-uri': "'none'",
      'frame-src': "'none'",
    });
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(page).not.toMatch(/unsafe|<style|\sstyle=|\son\w+=/);
  });

  it('has another nonce each time', () => {
    const pages = Array.from({ length: 50 }, () => /nonce="([^"]*)"/.exec(panelHtml(HOST, { bundle: 'evals', title: '', data: {} }))?.[1]);
    expect(new Set(pages).size).toBe(50);
  });

  it('puts strings in as data, whatever they are', () => {
    const hostile = `"><script>alert(1)</script><!-- ' & </title>`;
    const page = panelHtml(HOST, { bundle: 'evals', title: hostile, data: { uri: hostile } });
    expect(page.match(/<script/g)).toHaveLength(1);
    const [, data = ''] = /data-panel="([^"]*)"/.exec(page) ?? [];
    const text = data.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    expect(JSON.parse(text)).toEqual({ uri: hostile });
  });
});
