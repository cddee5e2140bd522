import { describe, expect, it } from 'vitest';
import {
  builtinCatalog,
  createCatalog,
  findModel,
  lifecycleOn,
  type ModelAnswer,
  type ModelAnswers,
  type ModelFacts,
  modelNames,
  withModelAnswers,
} from '../../catalog/index.ts';

const ROW: ModelFacts = {
  platform: 'openai',
  id: 'gpt-9-2026-01-02',
  kind: 'snapshot',
  family: 'gpt-9',
  released: '2026-01-02',
  deprecatedOn: null,
  retiresOn: null,
  retirementKind: null,
  replacement: 'gpt-10',
  afterRetirement: 'error',
  contextWindow: 1000,
  asOf: '2026-11-22',
  source: 'https://page.example/',
  via: 'https://blog.example/',
  confidence: 'relayed',
};
const ALIAS: ModelFacts = { ...ROW, id: 'gpt-9', kind: 'alias', aliasOf: ROW.id };
const FLOOR: ModelFacts = { ...ROW, id: 'gpt-8', retiresOn: '2027-05-01', retirementKind: 'notSoonerThan' };
const BASE = createCatalog([ROW, ALIAS, FLOOR]);

function told(models: readonly ModelAnswer[], asOf = '2026-11-27'): ModelAnswers {
  return { platform: 'openai', asOf, source: 'https://api.openai.com/v1/models', models };
}

describe('what providers told, in the catalog', () => {
  it('a day of shutdown replaces what was known, with its day and its source, for the alias too', () => {
    const catalog = withModelAnswers(BASE, [told([{ id: ROW.id, retiresOn: '2027-03-01' }])]);
    const { via: _relayed, ...rest } = ROW;
    expect(catalog.get('openai', ROW.id)).toEqual({
      ...rest,
      retiresOn: '2027-03-01',
      retirementKind: 'exact',
      asOf: '2026-11-27',
      source: 'https://api.openai.com/v1/models',
      confidence: 'official',
    });
    expect(catalog.get('openai', 'gpt-9')).toMatchObject({
      kind: 'alias',
      aliasOf: ROW.id,
      retiresOn: '2027-03-01',
      replacement: 'gpt-10',
    });
  });

  it('an alias that the provider lists itself keeps its own days', () => {
    const catalog = withModelAnswers(BASE, [
      told([
        { id: ROW.id, retiresOn: '2027-03-01' },
        { id: 'gpt-9', retiresOn: '2028-01-01' },
      ]),
    ]);
    expect(catalog.get('openai', 'gpt-9')?.retiresOn).toBe('2028-01-01');
  });

  it('limits alone say nothing of how old the days are', () => {
    const row = withModelAnswers(BASE, [told([{ id: ROW.id, contextWindow: 2000, maxOutputTokens: 50 }])]).get('openai', ROW.id);
    expect(row).toEqual({ ...ROW, contextWindow: 2000, maxOutputTokens: 50 });
  });

  it('no day at all is told by null, and leaves a promised minimum alone', () => {
    const dated = createCatalog([{ ...ROW, retiresOn: '2027-01-01', retirementKind: 'exact' }, FLOOR]);
    const catalog = withModelAnswers(dated, [
      told([
        { id: ROW.id, retiresOn: null },
        { id: FLOOR.id, retiresOn: null },
      ]),
    ]);
    expect(catalog.get('openai', ROW.id)).toMatchObject({ retiresOn: null, retirementKind: null });
    expect(catalog.get('openai', FLOOR.id)).toMatchObject({ retiresOn: '2027-05-01', retirementKind: 'notSoonerThan' });
  });

  it('an older answer than what is known changes nothing', () => {
    const catalog = withModelAnswers(BASE, [told([{ id: ROW.id, retiresOn: '2027-03-01' }], '2026-11-01')]);
    expect(catalog.get('openai', ROW.id)).toEqual(ROW);
  });

  it.each<readonly [id: string, platform: ModelAnswers['platform'], kind: string, family: string]>([
    ['gpt-11-2027-01-01', 'openai', 'snapshot', 'gpt-11'],
    ['gpt-11', 'openai', 'alias', 'gpt-11'],
    ['chat-latest', 'openai', 'rolling-alias', 'chat-latest'],
    ['claude-opus-9-20270101', 'anthropic', 'snapshot', 'claude-opus-9'],
    ['gemini-9-pro-preview', 'google', 'preview', 'gemini-9-pro-preview'],
    ['gemini-9-pro', 'google', 'stable', 'gemini-9-pro'],
  ])('a model nobody knew is known from then on: %s', (id, platform, kind, family) => {
    const before = builtinCatalog();
    expect(before.knows(platform, id)).toBe(false);
    const catalog = withModelAnswers(before, [{ ...told([{ id, released: '2027-01-01', retiresOn: '2027-12-01' }]), platform }]);
    const found = findModel(`${platform}/${id}`, catalog);
    expect(found).toMatchObject({ unknown: false, model: { kind, family, released: '2027-01-01', confidence: 'official' } });
    expect(found.unknown || lifecycleOn(found.model, '2027-11-01')).toMatchObject({ state: 'deprecated', daysLeft: 30 });
    expect(before.knows(platform, id)).toBe(false);
  });

  it('what is no id is left out', () => {
    const catalog = withModelAnswers(BASE, [told([{ id: 'a b' }, { id: '__proto__ ' }, { id: '' }])]);
    expect(catalog.models).toEqual(BASE.models);
  });

  it('offers a model that came later', () => {
    const catalog = withModelAnswers(builtinCatalog(), [told([{ id: 'gpt-12', released: '2027-02-01' }])]);
    expect(modelNames('2027-02-02', catalog)[0]?.name).toBe('openai/gpt-12');
  });
});
