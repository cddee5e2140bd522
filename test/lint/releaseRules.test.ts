import { describe, expect, it } from 'vitest';
import { lintPrompt } from '../../lint/index.ts';
import {
  encodeLock,
  fingerprintOf,
  fingerprintPartsOf,
  type PromptFacts,
  parseLock,
  parsePrompt,
  type Release,
} from '../../prompts-schema/index.ts';
import { releaseOf, testedWith } from '../support/releases.ts';
import { checkRules, EMPTY_FACTS, lintText } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: Say hello.
`;
const MODEL = 'sandbox/extractor-2026-10';

/** The release that a text is, as its lock file would have it. */
function releaseOfText(text: string, version: string, change: Partial<Release> = {}): Release {
  return releaseOf(version, { ...fingerprintOf(parsePrompt(text), EMPTY_FACTS), tested: [testedWith(MODEL)], ...change });
}

function lockOf(...releases: readonly Release[]): Partial<PromptFacts> {
  return lockText(encodeLock({ releases }));
}

function lockText(text: string): Partial<PromptFacts> {
  return { lock: { status: 'read', path: 'prompts/test.prompt.yml.lock', value: parseLock(text) } };
}

describe('a prompt whose version was released', () => {
  const released = lockOf(
    releaseOfText(MESSAGES, '1.0.0'),
    releaseOfText(`${MESSAGES}modelParameters: { temperature: 0 }\n`, '1.1.0', { released: '2026-11-21' }),
  );

  it('says nothing where it is what was released', () => {
    checkRules(`version: 1.0.0\n${MESSAGES}`, { facts: released });
    checkRules(`# comments, name and evaluators do not count\nname: x\nversion: "1.0.0"\n${MESSAGES}`, { facts: released });
  });

  it('warns where it changed, and names the parts', () => {
    const { findings } = checkRules(
      `
version: 1.1.0
         ^^^^^ warning release.changed-without-bump Changed since 1.1.0 was released on 2026-11-21: messages, response format or schema. Release it
messages:
  - role: user
    content: Say good morning.
modelParameters: { temperature: 0 }
responseFormat: json_object
`,
      { facts: released },
    );
    expect(findings[0]?.data).toEqual({ version: '1.1.0', changed: ['messages', 'output'] });
    expect(findings[0]?.fixes).toEqual([
      { title: 'Release as 1.1.1 (patch)', edits: [], command: { id: 'release', bump: 'patch' }, preferred: false },
      { title: 'Release as 1.2.0 (minor)', edits: [], command: { id: 'release', bump: 'minor' }, preferred: false },
      { title: 'Release as 2.0.0 (major)', edits: [], command: { id: 'release', bump: 'major' }, preferred: false },
    ]);
  });

  it('warns of an older version that was taken up again, and counts on from the newest', () => {
    const { findings } = checkRules(
      `
version: 1.0.0
         ^^^^^ warning release.changed-without-bump Changed since 1.0.0 was released on 2026-11-20: parameters
${MESSAGES}modelParameters: { temperature: 1 }
`.replace('parameters\n', 'model parameters\n'),
      { facts: released },
    );
    expect(findings[0]?.fixes[0]?.title).toBe('Release as 1.1.1 (patch)');
  });

  it('says nothing of a version that is no release yet, nor of a file without one', () => {
    checkRules(`version: 1.2.0\n${MESSAGES}`, { facts: released });
    checkRules(MESSAGES, { facts: released });
  });

  it('says nothing of a text that cannot be read, nor where a file of the fingerprint is missing', () => {
    expect(
      lintText(`version: 1.0.0\nmessages: [\n`, { facts: released }).findings.filter(({ code }) => code.startsWith('release.')),
    ).toEqual([]);
    const missing = { status: 'missing', path: 'prompts/a.json', message: 'prompts/a.json does not exist.' } as const;
    const { findings } = lintText(`version: 1.0.0\n${MESSAGES}jsonSchema: { file: ./a.json }\n`, {
      facts: { ...released, outputSchema: missing },
    });
    expect(findings.map(({ code }) => code)).toEqual(['reference.missing-file']);
  });

  it('looks at its own releases in a file of several prompts', () => {
    const facts = lockOf(releaseOfText(MESSAGES, '1.0.0', { prompt: 'mine' }), releaseOf('1.0.0', { prompt: 'other' }));
    checkRules(`version: 1.0.0\n${MESSAGES}`, { facts: { ...facts, promptId: 'prompts/many.yaml#mine' } });
    checkRules(`version: 1.0.0\n         ^^^^^ warning release.changed-without-bump\n${MESSAGES}`, {
      facts: { ...facts, promptId: 'prompts/many.yaml#other' },
    });
  });
});

describe('what a release was tested with', () => {
  it('is told when it is nothing', () => {
    checkRules(`version: 1.0.0\n         ^^^^^ info release.untested 1.0.0 was released on 2026-11-20 and never tested.\n${MESSAGES}`, {
      facts: lockOf(releaseOfText(MESSAGES, '1.0.0', { tested: [] })),
    });
  });

  it('is told when the model of the prompt is not among it, at the model', () => {
    const facts = lockOf(
      releaseOfText(MESSAGES, '1.0.0', { tested: [testedWith('openai/gpt-6-luna'), testedWith('sandbox/extractor-2026-05')] }),
    );
    checkRules(`version: 1.0.0\nmodel: openai/gpt-6-luna\n${MESSAGES}`, { facts });
    const { findings } = checkRules(
      `
version: 1.0.0
model: ${MODEL}
       ^^^^^^^^^^^^^^^^^^^^^^^^^ info release.model-untested 1.0.0 was never tested with ${MODEL}, but with openai/gpt-6-luna, sandbox/extractor-2026-05.
${MESSAGES}`,
      { facts },
    );
    expect(findings[0]?.data).toEqual({ version: '1.0.0', model: MODEL, tested: ['openai/gpt-6-luna', 'sandbox/extractor-2026-05'] });
    checkRules(`version: 1.0.0\n         ^^^^^ info release.model-untested never tested with ${MODEL}\n${MESSAGES}`, { facts });
    checkRules(`version: 1.0.0\n${MESSAGES}`, { facts: { ...facts, defaultModel: 'openai/gpt-6-luna' } });
  });

  it('is left unsaid of a prompt that is not the release any more', () => {
    const facts = lockOf(releaseOf('1.0.0', { tested: [] }));
    checkRules(`version: 1.0.0\n         ^^^^^ warning release.changed-without-bump\nmodel: ${MODEL}\n${MESSAGES}`, { facts });
  });
});

describe('a version that is no semantic version', () => {
  it('is told once there is a lock file, whatever its state', () => {
    const text = `version: v2\n         ^^ warning release.invalid-version \`v2\` is no semantic version\n${MESSAGES}`;
    checkRules(text, { facts: lockOf(releaseOf('1.0.0')) });
    checkRules(`version: v2\n${MESSAGES}`);
  });
});

describe('a lock file that is not as it was written', () => {
  const sound = encodeLock({ releases: [releaseOf('1.0.0'), releaseOf('1.1.0', { released: '2026-11-21' })] });
  const repair = [{ title: 'Repair the lock file', edits: [], command: { id: 'repairLock' }, preferred: true }];
  const conflict = `${sound}<<<<<<< HEAD\n=======\n${encodeLock({ releases: [releaseOf('1.2.0')] }).split(/^(?= {2}- )/m)[1]}>>>>>>> b\n`;

  it.each<[string, string, string, string, readonly unknown[]]>([
    ['edited', sound.replace('2026-11-20', '2026-11-19'), 'warning release.lock-edited', 'was edited by hand: 1.0.0.', repair],
    ['in conflict', conflict, 'error release.lock-conflict', 'Its two sides fit together', repair],
    ['in a conflict that is none of ours', `${sound}<<<<<<< HEAD\n`, 'error release.lock-conflict', 'do not fit together', repair],
    ['no YAML', `${sound}  - [\n`, 'error release.lock-unreadable', 'cannot be read', repair],
    ['of a newer format', sound.replace('formatVersion: 1', 'formatVersion: 2'), 'error release.lock-unreadable', 'Update Evenkeel', []],
  ])('%s', (_, text, code, message, fixes) => {
    const facts = lockText(text);
    for (const [marked, caret] of [
      [`version: 3.0.0\n${MESSAGES}`, '         ^^^^^'],
      [`name: Say\n${MESSAGES}`, '      ^^^'],
      [MESSAGES, '^^^^^^^^^'],
    ] as const) {
      const { findings } = checkRules(marked.replace('\n', `\n${caret} ${code} ${message}\n`), { facts });
      expect(findings[0]?.fixes).toEqual(fixes);
      expect(findings[0]?.message).toContain('prompts/test.prompt.yml.lock');
    }
  });

  it('outside the root, or no text', () => {
    for (const status of ['outside', 'unreadable'] as const) {
      const lock = {
        status,
        path: 'prompts/test.prompt.yml.lock',
        message: 'prompts/test.prompt.yml.lock is not UTF-8 text. Save it as UTF-8.',
      } as const;
      const { findings } = checkRules(`name: a\n      ^ error release.lock-unreadable Save it as UTF-8.\n${MESSAGES}`, { facts: { lock } });
      expect(findings[0]?.fixes).toEqual([]);
    }
  });
});

it('costs no fingerprint where there is no lock file, or no version that it knows', () => {
  const parsed = parsePrompt(`version: 1.0.0\n${MESSAGES}`);
  let looks = 0;
  const document = new Proxy(parsed, {
    get: (target, key, receiver) => {
      looks++;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  /** How often the rules look at the document, with these releases. */
  const looksWith = (...releases: readonly Release[]): number => {
    const lock = releases.length ? lockOf(...releases).lock : undefined;
    const before = looks;
    lintPrompt(document, { ...EMPTY_FACTS, lock });
    return looks - before;
  };
  const before = looks;
  fingerprintPartsOf(document, EMPTY_FACTS);
  const fingerprint = looks - before;
  expect(fingerprint).toBeGreaterThan(3);
  const without = looksWith();
  const unknown = looksWith(releaseOf('2.0.0'));
  expect(unknown - without).toBeLessThan(fingerprint);
  expect(looksWith(releaseOf('1.0.0')) - unknown).toBeGreaterThanOrEqual(fingerprint);
});
