import { describe, expect, it } from 'vitest';
import { readCaseSide, readReportAddress, reportAddress } from '../../extension/drift/addresses.ts';
import { childNodes, comparisonNodes, nodeText } from '../../extension/drift/driftNodes.ts';
import { DriftOverview } from '../../extension/drift/driftOverview.ts';
import type { DriftSession } from '../../extension/drift/driftSession.ts';
import { Drifts } from '../../extension/drift/drifts.ts';
import { Sessions } from '../../extension/evals/sessions.ts';
import type { ChangeGroup, ComparisonView, RootComparisons } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { createSession, listing, row, view } from './driftWorld.ts';

const NOW = Date.parse('2026-11-22T11:00:00Z');
const listed = { ...listing(), root: '/w' };
const group = (id: string, caseIds: readonly string[], more: Partial<ChangeGroup> = {}): ChangeGroup => ({
  id,
  severity: 'worst',
  title: id,
  caseIds: [...caseIds],
  folded: false,
  ...more,
});

describe('the tree', () => {
  it('has comparisons with what waits in them', () => {
    const texts = [
      listed,
      { ...listed, pending: 0, rejected: 2 },
      { ...listed, pending: 0, createdAt: '2026-11-22T10:59:30Z' },
      { ...listed, pending: 0, reviewable: [], kind: 'quick' as const, promptName: 'a\nb\u202e' },
    ].flatMap((one) => comparisonNodes([one]).map((node) => nodeText(node, NOW)));
    expect(texts.map(({ label, description, icon }) => `${label} | ${description} | ${icon}`)).toEqual([
      'Triage | 1 to review · 2 hours ago | git-compare',
      'Triage | 2 rejected · 2 hours ago | error',
      'Triage | reviewed · just now | git-compare',
      'a b\\u{202e} | nothing to review · quick · 2 hours ago | git-compare',
    ]);
    expect(texts[0]).toMatchObject({ tooltip: 'triage.prompt.yml\nbaseline ↔ working copy', contextValue: 'comparison' });
  });

  it('has the groups of the panel in them, one of a single case as that case, nothing that is folded', () => {
    const whole: ComparisonView = {
      ...view([row('a', 'broken'), row('b'), row('c', 'drifted', { state: 'accepted', by: 'ada' }), row('d', 'noise')]),
      groups: [
        group('broken', ['a']),
        group('team', ['b', 'c', 'not there'], { path: '$.team', title: 'billing → refunds', severity: 'bad' }),
        group('noise', ['d'], { folded: true }),
      ],
    };
    const nodes = childNodes(listed, whole);
    expect(nodes.map((node) => [node.kind, nodeText(node, NOW).label, nodeText(node, NOW).description, nodeText(node, NOW).icon])).toEqual([
      ['case', 'a', 'billing → refunds', 'error'],
      ['group', 'billing → refunds', '$.team · 1 of 2 to review', 'circle-filled'],
    ]);
    const inside = nodes[1]?.kind === 'group' ? nodes[1].cases.map((node) => nodeText(node, NOW)) : [];
    expect(inside.map(({ label, icon, contextValue }) => [label, icon, contextValue])).toEqual([
      ['b', 'arrow-swap', 'case.pending'],
      ['c', 'check', 'case.reviewed'],
    ]);
    expect(inside[1]?.tooltip).toBe('c: drifted\nbilling → refunds\naccepted by ada');
  });

  it('has the cases alone where no process may start', () => {
    const [node] = childNodes(listed, undefined);
    expect(node).toEqual({
      kind: 'case',
      root: '/w',
      comparisonId: 'c1',
      promptId: 'triage.prompt.yml',
      promptName: 'Triage',
      caseId: 'a',
      label: 'drifted',
      line: 'billing → refunds',
      review: { state: 'pending' },
    });
  });

  it('shows hostile text as text', () => {
    const hostile = childNodes(
      {
        ...listed,
        reviewable: [
          {
            ...listing().reviewable[0],
            caseId: '$(alert)\r\n',
            line: '\u001b]8;;x',
            label: 'new',
            review: { state: 'rejected', reason: 'a\nb' },
          },
        ],
      },
      undefined,
    );
    const text = hostile[0] && nodeText(hostile[0], NOW);
    expect(text).toMatchObject({ label: '$(alert) ', description: '\\u{1b}]8;;x', icon: 'close' });
    expect(text?.tooltip).toContain('rejected: a\nb');
  });
});

describe('the overview', () => {
  it('counts what waits, by prompt and newest first, and tells when it has looked', async () => {
    const roots: readonly RootComparisons[] = [
      {
        root: '/w',
        comparisons: [listing({ comparisonId: 'new', pending: 3 }), listing({ comparisonId: 'old', createdAt: '2026-01-01', model: 'x' })],
      },
      { root: '/x', comparisons: [listing({ comparisonId: 'other', promptName: 'Answer', pending: 0 })] },
      { root: '/y', comparisons: [] },
    ];
    const overview = new DriftOverview(
      async () => roots,
      () => {},
    );
    let told = 0;
    const watching = overview.onChange(() => told++);
    await overview.refresh();
    watching.dispose();
    await overview.refresh();
    expect(overview.comparisons().map(({ comparisonId, root }) => `${root} ${comparisonId}`)).toEqual(['/x other', '/w new', '/w old']);
    expect([overview.pending(), told, overview.roots]).toEqual([4, 1, ['/w', '/x', '/y']]);
  });

  it('asked many times while it looks, looks once more; an error is reported and what was seen stays', async () => {
    let looks = 0;
    let fails = false;
    const reported: unknown[] = [];
    const overview = new DriftOverview(
      async () => {
        looks++;
        await Promise.resolve();
        if (fails) throw new Error('no server');
        return [{ root: '/w', comparisons: [listing()] }];
      },
      (error) => reported.push(error),
    );
    await Promise.all([overview.refresh(), overview.refresh(), overview.refresh()]);
    expect(looks).toBe(2);
    fails = true;
    await overview.refresh();
    expect([overview.pending(), reported.length]).toEqual([1, 1]);
  });
});

describe('the sessions of a window', () => {
  const name = { root: '/w', comparisonId: 'c1', promptId: 'triage.prompt.yml', promptName: 'Triage' };

  function open(exists: boolean) {
    const make = (subject: Parameters<typeof createSession>[0] & object): DriftSession => createSession(subject).session;
    const inputs = async (uri: string) => {
      if (!exists) throw new UserError('usage', 'gone');
      return { root: '/w', promptId: uri.replace('file:///w/', ''), promptName: 'Triage', inputs: [] };
    };
    return new Drifts({
      prompts: new Sessions(inputs, (subject) => make({ subject })),
      make: (subject) => make({ subject }),
      promptUri: (root, promptId) => `file://${root}/${promptId}`,
      isRoot: async (root) => root === '/w',
    });
  }

  it('show a comparison in the session of its prompt', async () => {
    const drifts = open(true);
    const session = await drifts.ofComparison(name);
    expect(session).toBe(await drifts.of('file:///w/triage.prompt.yml'));
    expect(session.prompt.comparisonId).toBeUndefined();
    expect(drifts.all()).toEqual([session]);
  });

  it('show one whose prompt is gone, or that has none, by itself, also after a reload', async () => {
    const drifts = open(false);
    const session = await drifts.ofComparison(name);
    expect(session.prompt).toMatchObject({ comparisonId: 'c1', promptName: 'Triage' });
    expect(await drifts.of(session.prompt.uri)).toBe(session);
    const recorded = await drifts.ofComparison({ ...name, comparisonId: 'c2', promptId: '' });
    expect(recorded).not.toBe(session);
  });

  it('do not believe an address of a folder that is not open', async () => {
    await expect(open(true).of(reportAddress({ ...name, root: '/etc' }))).rejects.toMatchObject({ code: 'usage' });
  });

  it('addresses give back what they were made of, and nothing of what is none', () => {
    const odd = { ...name, promptName: 'a?b#c %20 "\\ \u2028', comparisonId: '__proto__' };
    expect(readReportAddress(reportAddress(odd))).toEqual(odd);
    for (const none of ['file:///w/a.prompt.yml', 'evenkeel-drift:report?%', 'evenkeel-drift:report?{}', 'evenkeel-drift:report?null'])
      expect(readReportAddress(none)).toBeUndefined();
    const side = { ...name, caseId: 'a', side: 'fresh' as const, fresh: 2 };
    expect(readCaseSide(JSON.stringify(side))).toEqual(side);
    for (const none of ['', '{', '{"side":"other"}', JSON.stringify({ ...side, side: 'both' })]) expect(readCaseSide(none)).toBeUndefined();
  });
});
