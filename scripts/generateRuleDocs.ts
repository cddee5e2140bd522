/** Writes docs/rules/<code>.md and its index from the rule table; `--check` says which pages differ and exits 1. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RULES, type Rule, type RuleOption } from '../lint/index.ts';

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

function page({ code, title, severity, explain, options = [] }: Rule): string {
  return `${[
    `# ${code}`,
    `Finds ${title}. Severity: ${severity}, unless evenkeel.yml says otherwise.`,
    explain,
    ...(options.length > 0 ? ['## Options', optionTable(options), setOptions(code, options)] : []),
    '## When it is right',
    suppress(code),
  ].join('\n\n')}\n`;
}

function optionTable(options: readonly RuleOption[]): string {
  const rows = options.map(
    ({ name, takes, default: fallback, doc }) => `| \`${name}\` | ${takes} | \`${JSON.stringify(fallback)}\` | ${doc} |`,
  );
  return ['| option | takes | default | means |', '|---|---|---|---|', ...rows].join('\n');
}

function setOptions(code: string, options: readonly RuleOption[]): string {
  const written = options.map(({ name, default: fallback }) => `${name}: ${JSON.stringify(fallback)}`).join(', ');
  return `\`\`\`yaml\n# evenkeel.yml\nrules:\n  ${code}: { options: { ${written} } }\n\`\`\``;
}

/** How a finding of the rule is left out, in one place or everywhere. */
function suppress(code: string): string {
  const off = `\`rules: { ${code}: off }\` in evenkeel.yml`;
  if (code.startsWith('lint.')) return `Set its severity: ${off}. A suppression cannot name it.`;
  return `In one place, a comment on the line before: \`# evenkeel-disable-next-line ${code} -- why\`. In the whole file: \`# evenkeel-disable-file ${code} -- why\`. Everywhere: ${off}. [Linting](../linting.md) has the rest.`;
}

function index(rules: readonly Rule[]): string {
  const rows = rules.map(({ code, title, severity, options = [] }) => {
    const names = options.map(({ name }) => `\`${name}\``).join(', ');
    return `| [${code}](${code}.md) | ${severity} | ${title} | ${names} |`;
  });
  return [
    '# Rules',
    '',
    'Generated from `lint/rules/` by `scripts/generateRuleDocs.ts`. Severities are changed, or rules switched off, under `rules` in evenkeel.yml; [Linting](../linting.md) tells how.',
    '',
    '| rule | severity | finds | options |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
