import { describe, expect, it } from 'vitest';
import { childrenOf, deploymentNodes, deploymentText } from '../../extension/deployments/deploymentNodes.ts';
import type { RootDeployments } from '../../extension/deployments/deploymentRefresher.ts';
import { environmentChoices } from '../../extension/deployments/environmentChoices.ts';
import { pointAddress, readPointAddress } from '../../extension/deployments/promptPointAddress.ts';
import type { DeploymentProblem, DeploymentsView } from '../../protocol/index.ts';

const NOW = new Date(2026, 10, 22, 12, 0);
const ago = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString();
const down: DeploymentProblem = {
  kind: 'down',
  message: 'https://app.example answered 503.',
  since: ago(3),
  failures: 4,
  retryAt: ago(-0.2),
};

type EnvironmentView = DeploymentsView['environments'][number];

const production: EnvironmentView = {
  environment: 'production',
  source: 'git',
  origin: 'origin/production',
  answeredAt: ago(0.1),
  prompts: [
    {
      promptId: 'triage.prompt.yml',
      promptName: 'Ticket triage',
      deployed: { version: '1.3.0', model: 'claude-haiku-4-5', since: '2026-11-03', by: 'deploy-bot', commit: '4f1c2ab99' },
      relation: { kind: 'behind', edits: 2 },
      drift: '7 to review',
    },
    { promptId: 'b.prompt.yml', promptName: 'B', deployed: { version: '2.0.0' }, relation: { kind: 'same' } },
    { promptName: 'left over', deployed: { version: 'v3' }, relation: { kind: 'unknown' } },
  ],
};

function root(environments: readonly EnvironmentView[], more: Partial<RootDeployments> = {}): RootDeployments {
  const named = environments.map(({ environment, source }) => ({ environment, source }));
  return { root: '/w', environments: named, view: { root: '/w', environments: [...environments] }, problem: undefined, ...more };
}

/** All rows of the tree, indented by their depth. */
function rows(roots: readonly RootDeployments[]): readonly string[] {
  const walk = (nodes: ReturnType<typeof deploymentNodes>, depth: number): readonly string[] =>
    nodes.flatMap((node) => {
      const { label, description, icon, contextValue } = deploymentText(node, NOW);
      return [`${'  '.repeat(depth)}${label} | ${description} | ${icon} ${contextValue}`, ...walk(childrenOf(node), depth + 1)];
    });
  return walk(deploymentNodes(roots), 0);
}

describe('the tree of deployments', () => {
  it('has environments in the order of evenkeel.yml, and in each its prompts with version, relation, age and drift', () => {
    expect(rows([root([production])])).toEqual([
      'production | 3 prompts · 6 min old | cloud deployments.environment',
      '  Ticket triage | 1.3.0 · 2 edits behind · since 3 Nov 2026 · 7 to review | arrow-swap deployments.prompt',
      '  B | 2.0.0 · = this file | check deployments.prompt',
      '  left over | v3 · not in this folder | question deployments.stranger',
    ]);
  });

  it('says what is wrong with a source, how old its answer is, and when it is asked again', () => {
    const canary: EnvironmentView = {
      ...production,
      environment: 'canary',
      source: 'http',
      origin: 'https://app.example',
      problem: down,
      answeredAt: ago(3),
      prompts: [],
    };
    const never: EnvironmentView = {
      environment: 'eu',
      source: 'langfuse',
      origin: 'x',
      problem: { ...down, kind: 'key', failures: 1 },
      prompts: [],
    };
    expect(rows([root([canary, never])])).toEqual([
      'canary | source down, 3 h old | warning deployments.environment',
      'eu | key missing or refused, no answer yet | warning deployments.environment.key',
    ]);
    const [node] = deploymentNodes([root([canary])]);
    expect(node && deploymentText(node, NOW).tooltip).toBe(
      'canary: endpoint https://app.example\nlast known answer, 3 h old: the source is down\nhttps://app.example answered 503.\nTried 4 times; next try in 12 min.',
    );
  });

  it('has the environments before anybody answered, and says why nobody could be asked', () => {
    const names = [{ environment: 'production', source: 'git' as const }];
    expect(rows([{ root: '/w', environments: names, view: undefined, problem: undefined }])).toEqual([
      'production | not looked at yet | cloud deployments.environment',
    ]);
    expect(rows([root([production], { problem: 'git is not installed.' })])[0]).toBe(
      'production | could not be looked at | warning deployments.environment',
    );
  });

  it('has the folders above them where there are several, and nothing where there is none', () => {
    expect(rows([root([]), root([], { root: '/x/desk' })])).toEqual([
      'w |  | root-folder deployments.root',
      'desk |  | root-folder deployments.root',
    ]);
    expect(rows([])).toEqual([]);
  });

  it('shows hostile text as text on one line', () => {
    const bad = 'a\r\n\u202e$(x)\u001b]8;;';
    const hostile: EnvironmentView = {
      environment: bad,
      source: 'http',
      origin: bad,
      answeredAt: ago(1),
      prompts: [
        { promptName: bad, deployed: { version: bad, by: bad, model: bad, since: bad }, relation: { kind: 'differs' }, drift: bad },
      ],
    };
    const walk = (node: ReturnType<typeof deploymentNodes>[number]): readonly string[] => {
      const { label, description, tooltip } = deploymentText(node, NOW);
      return [label, description, ...tooltip.split('\n'), ...childrenOf(node).flatMap(walk)];
    };
    for (const text of deploymentNodes([root([hostile])]).flatMap(walk)) expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('a prompt’s node names what commands need', () => {
    const [environment] = deploymentNodes([root([production])]);
    const [first, , stranger] = environment ? childrenOf(environment) : [];
    expect(first).toMatchObject({ root: '/w', environment: 'production', promptId: 'triage.prompt.yml' });
    expect(stranger && 'promptId' in stranger).toBe(false);
  });
});

it('an environment to pick says what runs there', () => {
  const { environments, view } = root([production, { ...production, environment: 'eu', prompts: [] }]);
  const choices = environmentChoices([...environments, { environment: 'new $(x)', source: 'git' }], view, 'triage.prompt.yml', NOW);
  expect(choices.map(({ label, description }) => `${label} | ${description}`)).toEqual([
    'production | 1.3.0 · 2 edits behind · 6 min old',
    'eu | not deployed · 6 min old',
    'new $ (x) | ',
  ]);
});

describe('the address of a prompt at a point', () => {
  const place = { root: '/w', promptId: 'p/a?b#c %.prompt.yml', point: { kind: 'environment' as const, environment: '../../etc' } };

  it('gives back what it was made of, and nothing of what is none', () => {
    expect(readPointAddress(pointAddress(place, 't', 'p/a.prompt.yml').query)).toEqual(place);
    for (const none of ['', '{', 'null', '{"root":"/w"}', JSON.stringify({ ...place, point: { kind: 'other' } })])
      expect(readPointAddress(none)).toBeUndefined();
  });

  it('ends with the file’s own name, whatever titles and paths hold', () => {
    expect(pointAddress(place, '1.3.0 (production)', 'p/a.prompt.yml').path).toBe('/1.3.0 (production)/a.prompt.yml');
    expect(pointAddress(place, '../..', '..').path).toBe('/.._../_');
    expect(pointAddress(place, '', 'x/').path).toBe('/_/prompt.yml');
    expect(pointAddress(place, 'a\nb\\c/d', 'p/e.prompt.yml').path).toBe('/a_b_c_d/e.prompt.yml');
  });
});
