/** Writes docs/rules/<code>.md and its index from the rule table; `--check` says which pages differ and exits 1. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RULES, type Rule } from '../lint/index.ts';

const folder = path.resolve(import.meta.dirname, '../docs/rules');
const pages = new Map<string, string>(RULES.map((rule) => [`${rule.code}.md`, page(rule)]));
pages.set('README.md', index(RULES));

mkdirSync(folder, { recursive: true });
const there = readdirSync(folder).filter((name) => name.endsWith('.md'));
const stale = there.filter((name) => !pages.has(name));
const changed = [...pages].filter(([name, text]) => !there.includes(name) || readFileSync(path.join(folder, name), 'utf8') !== text);

if (process.argv.includes('--check')) {
  const wrong = [...stale, ...changed.map(([name]) => name)];
  if (wrong.length > 0) {
    console.error(`docs/rules is not what the rules say: ${wrong.join(', ')}. Run scripts/generateRuleDocs.ts.`);
    process.exitCode = 1;
  }
} else {
  for (const name of stale) rmSync(path.join(folder, name));
  for (const [name, text] of changed) writeFileSync(path.join(folder, name), text);
}

function page({ code, title, severity, explain }: Rule): string {
  return `# ${code}\n\nFinds ${title}. Severity: ${severity}, unless evenkeel.yml says otherwise.\n\n${explain}\n`;
}

function index(rules: readonly Rule[]): string {
  const rows = rules.map(({ code, title, severity }) => `| [${code}](${code}.md) | ${severity} | ${title} |`);
  return [
    '# Rules',
    '',
    'Generated from `lint/rules/` by `scripts/generateRuleDocs.ts`. Severities are changed, or rules switched off, under `rules` in evenkeel.yml.',
    '',
    '| rule | severity | finds |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
