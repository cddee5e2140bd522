import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig, parsePrompt } from '../../prompts-schema/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The first YAML block of a Markdown file. */
const firstYaml = (file: string): string => /```yaml\n([\s\S]*?)```/.exec(read(file))?.[1] ?? '';

describe('what people copy works', () => {
  it('the prompt file in the README', () => expect(parsePrompt(firstYaml('README.md')).issues).toEqual([]));

  it('the evenkeel.yml of the docs, with what is commented out taken in', () => {
    const text = firstYaml('docs/evenkeel-yml.md').replace(/# (?=(protocol|keyEnv|endMarker|timeouts|refreshMinutes|description): )/g, '');
    expect(text).toContain('\n    timeouts:');
    expect(parseConfig(text).issues).toEqual([]);
    expect(parseConfig('rules: { template.unused-variable: hint }\n').issues).toEqual([]);
  });

  it('the evenkeel.yml of the example, with its provider taken in', () => {
    const text = read('examples/support-desk/evenkeel.yml').replace(/^# (?=providers:| {2}workshop:| {4}(kind|baseUrl):)/gm, '');
    expect(parseConfig(text)).toMatchObject({ issues: [], config: { providers: { workshop: { kind: 'openai-compatible' } } } });
  });
});
